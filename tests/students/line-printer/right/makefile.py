# TD 2 question 1 : serveur qui affiche les lignes recues
import socket
import sys

if len(sys.argv) != 2:
    print("usage : serveur.py port", file=sys.stderr)
    sys.exit(1)
try:
    numero_port = int(sys.argv[1])
    ma_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    ma_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ma_socket.bind(("", numero_port))
except (ValueError, OverflowError, OSError) as e:
    print("erreur :", e, file=sys.stderr)
    sys.exit(1)
ma_socket.listen(socket.SOMAXCONN)
print("Serveur en attente sur le port", numero_port)
while True:
    nouvelle_connexion, adresse = ma_socket.accept()
    print("Connexion de", adresse)
    try:
        with nouvelle_connexion.makefile("r", encoding="utf-8", errors="replace", newline="\n") as flux:
            while ligne := flux.readline(70000):
                print("Recu :", ligne.rstrip("\n"))
    except OSError as e:
        print("Client perdu :", e)
    nouvelle_connexion.close()
    print("Fin de", adresse)
