import sys
import socket

if len(sys.argv) != 3:
    print(f"Usage: {sys.argv[0]} <ip> <port>", file=sys.stderr)
    sys.exit(1)

try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as error:
    print("Connexion impossible :", error, file=sys.stderr)
    sys.exit(2)

with sock, sock.makefile("rb") as reponses:
    while True:
        try:
            commande = input("Entrez une clé (quit pour quitter) : ")
        except EOFError:
            break
        if commande.lower() == "quit":
            print("Bye...")
            break
        try:
            sock.sendall(commande.encode() + b"\n")
            reponse = reponses.readline()
        except OSError as error:
            sys.exit(f"Connexion perdue : {error}")
        if not reponse.endswith(b"\n"):
            sys.exit("Le serveur a fermé la connexion")
        print("Réponse =", reponse.decode(errors="replace").rstrip("\n"))
