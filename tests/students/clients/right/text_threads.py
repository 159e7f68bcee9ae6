import os
import sys
import threading
from socket import socket

if len(sys.argv) != 3:
    print("usage", sys.argv[0], "host port", file=sys.stderr)
    sys.exit(1)
s = socket()
try:
    s.connect((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    print(e, file=sys.stderr)
    sys.exit(1)


def recevoir():
    reste = b""
    while True:
        try:
            bloc = s.recv(16)
        except OSError as e:
            print("perdu :", e, file=sys.stderr, flush=True)
            os._exit(1)
        if not bloc:
            print("serveur parti", file=sys.stderr, flush=True)
            os._exit(1)
        *lignes, reste = (reste + bloc).split(b"\n")
        for ligne in lignes:
            print("\r<<", ligne.decode(errors="replace"), flush=True)


threading.Thread(target=recevoir, daemon=True).start()
try:
    while (ligne := input(">> ")).lower() != "quit":
        s.sendall(ligne.encode() + b"\n")
except EOFError:
    pass
except OSError as e:
    print(e, file=sys.stderr)
    os._exit(1)
