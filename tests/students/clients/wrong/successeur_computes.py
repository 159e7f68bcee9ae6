# Computes the answer instead of showing the one that came.
import socket, sys
if len(sys.argv) != 2:
    sys.exit("usage: successeur_computes.py path")
s = socket.socket(socket.AF_UNIX)
try:
    s.connect(sys.argv[1])
    s.sendall(b"A")
    if not s.recv(1):
        sys.exit("no answer")
except OSError as error:
    sys.exit(str(error))
print("A ->", chr(ord("A") + 1))
