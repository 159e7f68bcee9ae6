"""La fin de la saisie lève EOFError."""
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
while True:
    s.sendall(input().encode() + b"\n")
