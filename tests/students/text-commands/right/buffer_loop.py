"""Serveur textuel simple : UPPER, LOWER, DATENOW."""
import socket
import sys
import time

LIMITE = 65536


def repondre(ligne):
    try:
        texte = ligne.decode("utf-8")
    except UnicodeDecodeError:
        return "ERR utf-8"
    commande, _, argument = texte.partition(" ")
    if commande == "UPPER":
        return argument.upper()
    if commande == "LOWER":
        return argument.lower()
    if texte == "DATENOW":
        return str(int(time.time()))
    return "ERR commande inconnue"


def dialogue(conn):
    tampon = b""
    while True:
        bloc = conn.recv(4096)
        if not bloc:
            break
        tampon += bloc
        *lignes, tampon = tampon.split(b"\n")
        for ligne in lignes:
            conn.sendall(repondre(ligne.removesuffix(b"\r")).encode() + b"\n")
        if len(tampon) > LIMITE:
            conn.sendall(b"ERR ligne trop longue\n")
            return
    if tampon:
        conn.sendall(repondre(tampon.removesuffix(b"\r")).encode() + b"\n")


if len(sys.argv) != 2:
    print("Usage :", sys.argv[0], "<port>", file=sys.stderr)
    sys.exit(1)
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("", int(sys.argv[1])))
    s.listen(1)
    conn, addr = s.accept()
    print("Connexion de", addr)
    with conn:
        try:
            dialogue(conn)
        except ConnectionError as e:
            print("Connexion perdue :", e)
