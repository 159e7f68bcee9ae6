import socket
import sys

if len(sys.argv) < 3:
    print("Usage : python3 client.py adresse port", file=sys.stderr)
    sys.exit(1)

TAILLE = 1024

try:
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect((sys.argv[1], int(sys.argv[2])))
except Exception as e:
    sys.exit("Erreur de connexion : " + str(e))

mess = ""
while mess.upper() != "QUIT":
    try:
        mess = input("> ")
    except EOFError:
        break
    envoi = (mess + "\n").encode()
    recu = b""
    try:
        s.sendall(envoi)
        while recu.count(b"\n") < 1:
            bloc = s.recv(TAILLE)
            if bloc == b"":
                print("le serveur a coupé")
                sys.exit(3)
            recu += bloc
    except OSError as e:
        print("Erreur :", e)
        sys.exit(3)
    print("Reçu :", recu.decode("utf-8", "replace"), end="")
s.close()
print("Au revoir")
