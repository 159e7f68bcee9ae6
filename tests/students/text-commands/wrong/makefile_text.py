import socket
import sys
import time

with socket.create_server(("", int(sys.argv[1]))) as s:
    conn, adr = s.accept()
    with conn, conn.makefile("rw", encoding="utf-8") as f:
        for ligne in f:
            commande, _, texte = ligne.rstrip("\n").partition(" ")
            if commande == "UPPER":
                reponse = texte.upper()
            elif commande == "LOWER":
                reponse = texte.lower()
            elif commande == "DATENOW":
                reponse = int(time.time())
            else:
                reponse = "Commande inconnue"
            print(reponse, file=f, flush=True)
