# The sheet's client: one recv is taken as the whole answer.
import socket, sys
if len(sys.argv) != 3:
    sys.exit(f"Usage: {sys.argv[0]} <ip> <port>")
try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as error:
    sys.exit(str(error))
for ligne in sys.stdin:
    commande = ligne.rstrip("\n")
    if commande.lower() == "quit":
        break
    try:
        sock.sendall(commande.encode() + b"\n")
        reponse = sock.recv(4096)
    except OSError as error:
        sys.exit(str(error))
    if not reponse:
        sys.exit("le serveur est parti")
    print(reponse.decode(errors="replace"), flush=True)
