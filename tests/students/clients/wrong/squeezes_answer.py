# One mistake: the words of the answer are put together again with one space each.
import socket, sys
if len(sys.argv) != 3:
    sys.exit(f"Usage: {sys.argv[0]} <ip> <port>")
try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as error:
    sys.exit(str(error))
reponses = sock.makefile("rb")
for ligne in sys.stdin:
    commande = ligne.rstrip("\n")
    if commande.lower() == "quit":
        break
    try:
        sock.sendall(commande.encode() + b"\n")
        reponse = reponses.readline()
    except OSError as error:
        sys.exit(str(error))
    if not reponse.endswith(b"\n"):
        sys.exit("le serveur est parti")
    print(" ".join(reponse.decode(errors="replace").split()), flush=True)
