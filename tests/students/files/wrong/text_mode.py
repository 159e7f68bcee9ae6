import os
import socket
import sys
import threading

racine = os.path.realpath(sys.argv[2])


def client(c):
    with c, c.makefile("r", encoding="utf-8", errors="replace", newline="\n") as f:
        for ligne in f:
            ligne = ligne.strip()
            if ligne == "FIN":
                c.sendall("BYE\n".encode())
                break
            if not ligne.startswith("GET "):
                c.sendall("ERR unknown command\n".encode())
                continue
            chemin = os.path.realpath(os.path.join(racine, ligne[4:]))
            try:
                if os.path.commonpath([racine, chemin]) != racine:
                    c.sendall("ERR forbidden\n".encode())
                    continue
                texte = open(chemin, encoding="utf-8").read()
                c.sendall(f"OK {len(texte)}\n{texte}".encode())
            except (OSError, ValueError):
                c.sendall("ERR not found\n".encode())


s = socket.create_server(("", int(sys.argv[1])))
while True:
    threading.Thread(target=client, args=(s.accept()[0],), daemon=True).start()
