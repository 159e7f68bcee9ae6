import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
f = s.makefile("rb")
derniere = "(rien)"
for ligne in sys.stdin:
    if ligne.strip().lower() == "quit":
        break
    print("Réponse :", derniere, flush=True)      # affiche avant de recevoir
    try:
        s.sendall(ligne.encode())
        recu = f.readline()
    except OSError as e:
        sys.exit(str(e))
    if not recu.endswith(b"\n"):
        sys.exit("serveur parti")
    derniere = recu.decode(errors="replace").strip()
