# Loops up to the line feed, but decodes each piece on its own.
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
        reponse = ""
        while not reponse.endswith("\n"):
            morceau = sock.recv(256)
            if not morceau:
                sys.exit("le serveur est parti")
            reponse += morceau.decode(errors="replace")
    except OSError as error:
        sys.exit(str(error))
    print("Réponse :", reponse, end="", flush=True)
