import socket
import sys
from time import time

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("localhost", int(sys.argv[1])))
s.listen()
client, _ = s.accept()
f = client.makefile("rb")
while True:
    ligne = f.readline(65537)
    if not ligne:
        break
    ligne = ligne.decode(errors="replace").rstrip("\r\n")
    if ligne == "DATENOW":
        rep = str(time())
    else:
        commande, texte = ligne.split(" ", 1)
        if commande == "UPPER":
            rep = texte.upper()
        elif commande == "LOWER":
            rep = texte.lower()
        else:
            rep = "?"
    client.sendall(rep.encode() + b"\n")
client.close()
