"""Après GAGNE, redemande un nombre et meurt sur la connexion fermée."""
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
f = s.makefile("rb")
print(f.readline().decode(), end="", flush=True)
while True:
    recu = sys.stdin.readline()
    if not recu or recu.strip().lower() == "quit":
        sys.exit(1)
    s.sendall(recu.encode())
    recu = f.readline()
    if not recu:
        sys.exit("serveur parti")
    print(recu.decode(), end="", flush=True)
