# -*- coding: utf-8 -*-
# Le serveur du cours, qui survit aux accents et aux départs.
import socket
import sys

if len(sys.argv) != 2:
    print("Usage : python3 serveur.py port", file=sys.stderr)
    sys.exit(1)
try:
    port = int(sys.argv[1])
    connexion_principale = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connexion_principale.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    connexion_principale.bind(('', port))
except (ValueError, OverflowError, OSError) as e:
    print(e, file=sys.stderr)
    sys.exit(1)
connexion_principale.listen(5)

print("     Le serveur écoute à présent sur le port {}".format(port))
print("     Je vous sers quoi :) ?")

connexion_avec_client, infos_connexion = connexion_principale.accept()
msg_recu = b""
while msg_recu != b"fin":
    msg_recu = connexion_avec_client.recv(1024)
    if not msg_recu:
        break
    print("Le client commande : " + msg_recu.decode(errors="replace"))
    connexion_avec_client.send(b"vous m'avez demand\xc3\xa9 : " + msg_recu + b" bien recu 5 / 5")

print("Fermeture de la connexion")
connexion_avec_client.close()
connexion_principale.close()
