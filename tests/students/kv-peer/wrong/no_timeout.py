#!/usr/bin/env python3
"""Exercice 5 : la réponse du pair est attendue sans limite."""
import socket
import sys
import threading

if len(sys.argv) != 4:
    print("usage : no_timeout.py port pair donnees", file=sys.stderr)
    sys.exit(1)

table = {}
pair = None
moi = ""


def demander(sauts, vus, cle):
    """La réponse du pair, ou une erreur."""
    if pair is None or sauts == 0:
        return "ERR unknown key"
    hote, port = pair.rsplit(":", 1)
    try:
        with socket.create_connection((hote, int(port))) as s:
            s.sendall(f"PEER {sauts - 1} {','.join(vus + [moi])} {cle}\n".encode())
            with s.makefile("r", encoding="utf-8", newline="\n") as f:
                return f.readline().rstrip("\n") or "ERR peer unreachable"
    except OSError:
        return "ERR peer unreachable"


def repondre(requete):
    sauts, vus, cle = 3, [], requete
    mots = requete.split(" ", 3)
    if len(mots) == 4 and mots[0] == "PEER" and mots[1].isdigit():
        sauts, vus, cle = int(mots[1]), mots[2].split(","), mots[3]
    if moi in vus:
        return "ERR cycle"
    if cle in table:
        return "OK " + table[cle]
    return demander(sauts, vus, cle)


def servir(conn):
    with conn, conn.makefile("rb") as f:
        try:
            while ligne := f.readline(65538):
                if len(ligne) > 65537:
                    conn.sendall(b"ERR line too long\n")
                    return
                try:
                    requete = ligne.decode("utf-8").strip()
                except UnicodeDecodeError:
                    conn.sendall(b"ERR invalid UTF-8\n")
                    continue
                if requete == "FIN":
                    conn.sendall(b"BYE\n")
                    return
                conn.sendall((repondre(requete) + "\n").encode())
        except OSError:
            pass


try:
    port = int(sys.argv[1])
    moi = f"127.0.0.1:{port}"
    pair = sys.argv[2] or None
    with open(sys.argv[3], encoding="utf-8") as f:
        for ligne in f:
            cle, valeur = ligne.rstrip("\n").split("\t")
            table[cle] = valeur
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("", port))
    s.listen(5)
except (OSError, ValueError, OverflowError) as e:
    print("impossible :", e, file=sys.stderr)
    sys.exit(1)
try:
    while True:
        conn, _ = s.accept()
        threading.Thread(target=servir, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    print("Bye")
