"""La solution de la question 3, rendue pour la question 4."""
import select
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
f = s.makefile("rb", buffering=0)
while True:
    ligne = sys.stdin.buffer.raw.readline()
    if not ligne:
        break
    s.sendall(ligne)
    recu = f.readline()
    if not recu:
        break
    print(recu.decode(errors="replace"), end="", flush=True)
