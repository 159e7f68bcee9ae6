"""Envoie ce qui est tapé sans attendre son tour."""
import os
import socket
import sys
import threading

if len(sys.argv) != 2:
    sys.exit("usage")
try:
    e = socket.create_server(("", int(sys.argv[1])))
except (OSError, ValueError, OverflowError) as x:
    sys.exit(str(x))
s, _ = e.accept()
e.close()


def recevoir():
    try:
        while bloc := s.recv(1024):
            os.write(1, bloc)
    except OSError:
        pass
    os._exit(0)


threading.Thread(target=recevoir, daemon=True).start()
for ligne in sys.stdin:
    s.sendall(ligne.encode())
os._exit(0)
