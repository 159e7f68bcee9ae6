# -*- coding: utf-8 -*-
# Le serveur du cours, tel quel : un accent coupé lève une exception, un client parti le fait tourner sans fin.
import socket
import sys

connexion_principale = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connexion_principale.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
connexion_principale.bind(('', int(sys.argv[1])))
connexion_principale.listen(5)

connexion_avec_client, infos_connexion = connexion_principale.accept()
msg_recu = b""
while msg_recu != b"fin":
    msg_recu = connexion_avec_client.recv(1024)
    print("Le client commande : " + msg_recu.decode())
    connexion_avec_client.send(b"vous m'avez demand\xc3\xa9 : " + msg_recu + b" bien recu 5 / 5")

print("Fermeture de la connexion")
connexion_avec_client.close()
connexion_principale.close()
