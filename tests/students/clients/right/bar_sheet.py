# -*- coding: utf-8 -*-
import socket
import sys

if len(sys.argv) != 3:
    print("Usage : client.py hote port", file=sys.stderr)
    sys.exit(1)
try:
    c = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    c.connect((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError) as e:
    print(e, file=sys.stderr)
    sys.exit(1)
msg = ""
try:
    while msg != "fin":
        try:
            msg = input("> ")
        except EOFError:
            break
        if msg.lower() == "quit":
            break
        c.send(msg.encode())
        r = c.recv(2048)
        if not r:
            print("le serveur est parti", file=sys.stderr)
            sys.exit(1)
        print(r.decode(errors="replace"))
except OSError as e:
    print(e, file=sys.stderr)
    sys.exit(1)
print("Fermeture de la connexion")
c.close()
