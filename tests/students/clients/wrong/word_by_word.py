# One mistake: each word that is typed is a request of its own, as with `Scanner.next`.
import socket, sys
if len(sys.argv) != 3:
    sys.exit(f"Usage: {sys.argv[0]} <ip> <port>")
try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as error:
    sys.exit(str(error))
reponses = sock.makefile("rb")
for ligne in (mot for toute in sys.stdin for mot in toute.split()):
    commande = ligne.strip()
    if commande.lower() == "quit":
        break
    try:
        sock.sendall(commande.encode() + b"\n")
        reponse = reponses.readline()
    except OSError as error:
        sys.exit(str(error))
    if not reponse.endswith(b"\n"):
        sys.exit("le serveur est parti")
    print(reponse[:-1].decode(errors="replace"), flush=True)
