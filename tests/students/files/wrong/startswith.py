import os
import socket
import sys
import threading

racine = os.path.realpath(sys.argv[2])


def client(c):
    with c, c.makefile("rb") as f:
        while ligne := f.readline(65538):
            mots = ligne.decode("utf-8", "replace").rstrip("\r\n").split(" ", 1)
            if mots == ["FIN"]:
                break
            if mots[0] != "GET" or len(mots) != 2:
                c.sendall(b"ERR unknown command\n")
                continue
            chemin = os.path.realpath(os.path.join(racine, mots[1].replace("\0", "")))
            if not chemin.startswith(racine):
                c.sendall(b"ERR forbidden\n")
            elif not os.path.isfile(chemin):
                c.sendall(b"ERR not found\n")
            else:
                data = open(chemin, "rb").read()
                c.sendall(f"OK {len(data)}\n".encode() + data)


s = socket.create_server(("", int(sys.argv[1])))
while True:
    threading.Thread(target=client, args=(s.accept()[0],), daemon=True).start()
