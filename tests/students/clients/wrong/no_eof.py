# At the end of the input an exception that nobody catches; no quit either.
import socket, sys
if len(sys.argv) != 3:
    sys.exit(f"Usage: {sys.argv[0]} <ip> <port>")
try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as error:
    sys.exit(str(error))
reponses = sock.makefile("rb")
while True:
    commande = input("> ")
    try:
        sock.sendall(commande.encode() + b"\n")
        reponse = reponses.readline()
    except OSError as error:
        sys.exit(str(error))
    if not reponse.endswith(b"\n"):
        sys.exit("le serveur est parti")
    print(reponse.decode(errors="replace"), end="", flush=True)
