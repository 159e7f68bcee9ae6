#!/usr/bin/env python3
"""Serveur web avec des sockets : une requête par connexion, HTTP/1.0."""
import os
import socket
import sys
import threading
from urllib.parse import unquote

TYPES = {".html": "text/html", ".txt": "text/plain", ".png": "image/png"}


def lire_entete(conn):
    donnees = b""
    while b"\r\n\r\n" not in donnees and b"\n\n" not in donnees:
        morceau = conn.recv(1024)
        if not morceau:
            return None
        donnees += morceau
        if len(donnees) > 100000:
            break
    return donnees.decode("latin-1")


def repondre(conn, statut, corps, type_mime="text/plain", sans_corps=False, plus=""):
    entete = f"HTTP/1.0 {statut}\r\nContent-Type: {type_mime}\r\nContent-Length: {len(corps)}\r\n{plus}\r\n"
    conn.sendall(entete.encode() + (b"" if sans_corps else corps))


def servir(conn, racine):
    with conn:
        try:
            entete = lire_entete(conn)
            if entete is None:
                return
            mots = entete.splitlines()[0].split(" ") if entete.strip() else []
            if len(mots) != 3 or not mots[2].startswith("HTTP/"):
                return repondre(conn, "400 Bad Request", b"mauvaise requete\n")
            methode, cible, _ = mots
            if methode not in ("GET", "HEAD"):
                return repondre(conn, "405 Method Not Allowed", b"", plus="Allow: GET, HEAD\r\n")
            chemin = os.path.realpath(racine + "/" + unquote(cible.split("?")[0]))
            if chemin == racine:
                chemin += "/index.html"
            if not chemin.startswith(racine + "/"):
                return repondre(conn, "403 Forbidden", b"interdit\n", sans_corps=methode == "HEAD")
            try:
                with open(chemin, "rb") as f:
                    corps = f.read()
            except OSError:
                return repondre(conn, "404 Not Found", b"absent\n", sans_corps=methode == "HEAD")
            type_mime = TYPES.get(os.path.splitext(chemin)[1], "application/octet-stream")
            repondre(conn, "200 OK", corps, type_mime, methode == "HEAD")
        except OSError:
            pass


def main():
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        print("usage: raw_10.py port racine", file=sys.stderr)
        sys.exit(1)
    racine = os.path.realpath(sys.argv[2])
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("", int(sys.argv[1])))
    except (OSError, OverflowError) as e:
        print("bind :", e, file=sys.stderr)
        sys.exit(1)
    s.listen(5)
    try:
        while True:
            conn, _ = s.accept()
            threading.Thread(target=servir, args=(conn, racine), daemon=True).start()
    except KeyboardInterrupt:
        print("Bye")


main()
