import os
import socket
import sys

if len(sys.argv) != 2:
    print("Usage :", sys.argv[0], "chemin", file=sys.stderr)
    sys.exit(1)
chemin = sys.argv[1]

if os.path.exists(chemin):
    os.unlink(chemin)
serveur = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
try:
    serveur.bind(chemin)
except OSError as e:
    print("bind :", e, file=sys.stderr)
    sys.exit(1)
serveur.listen(5)

try:
    while True:
        print("Le serveur attend")
        client, _ = serveur.accept()
        try:
            octet = client.recv(1)
            if octet:
                suivant = bytes([(octet[0] + 1) % 256])
                print("Le serveur a lu :", octet, "il écrit :", suivant)
                client.send(suivant)
        except OSError as e:
            print("client perdu :", e)
        client.close()
except KeyboardInterrupt:
    print("Bye")
finally:
    serveur.close()
    os.unlink(chemin)
