#!/usr/bin/env python3
import socket
import sys


def suivant(chemin, octet):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as s:
        s.connect(chemin)
        s.sendall(octet)
        reponse = s.recv(1)
    if not reponse:
        raise ConnectionError("le serveur a fermé sans répondre")
    return reponse


if len(sys.argv) != 2:
    sys.exit("usage : successeur.py chemin")
saisie = sys.stdin.buffer.readline().rstrip(b"\r\n")
octet = saisie[:1] or b"A"
if saisie.lower() == b"quit":
    sys.exit()
try:
    recu = suivant(sys.argv[1], octet)
except OSError as erreur:
    sys.exit(f"erreur : {erreur}")
print(f"{octet[0]} -> {recu[0]}")
