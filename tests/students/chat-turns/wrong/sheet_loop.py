"""Pendant input(), le départ du client passe inaperçu."""
import socket
import sys

if len(sys.argv) != 2:
    sys.exit("usage")
try:
    e = socket.create_server(("", int(sys.argv[1])))
except (OSError, ValueError, OverflowError) as x:
    sys.exit(str(x))
s, _ = e.accept()
e.close()
f = s.makefile("r", encoding="utf-8", errors="replace", newline="\n")
try:
    while ligne := f.readline():
        print(ligne, end="", flush=True)
        s.sendall((input() + "\n").encode())
except (EOFError, OSError):
    pass
