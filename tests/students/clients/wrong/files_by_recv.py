import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
for ligne in sys.stdin:
    if ligne.strip().lower() == "quit":
        break
    try:
        s.sendall(ligne.encode())
        recu = s.recv(65536)                 # la ligne et le fichier d'un seul coup
    except OSError as e:
        sys.exit(str(e))
    if not recu:
        sys.exit("fermé")
    print(recu.decode(errors="replace"), flush=True)
