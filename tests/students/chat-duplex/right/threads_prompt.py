import os
import socket
import sys
import threading

if len(sys.argv) != 2 or not sys.argv[1].isdigit() or int(sys.argv[1]) > 65535:
    sys.exit("Usage : chat.py port")
serveur = socket.socket()
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    serveur.bind(("0.0.0.0", int(sys.argv[1])))
except OSError as e:
    sys.exit("bind : " + str(e))
serveur.listen(1)
print("En attente…", flush=True)
client, adresse = serveur.accept()
serveur.close()


def reception():
    tampon = b""
    while True:
        try:
            bloc = client.recv(512)
        except OSError:
            os._exit(0)
        if not bloc:
            print("\nDéconnexion", flush=True)
            os._exit(0)
        tampon += bloc
        if len(tampon) > 100000:
            os._exit(1)
        *lignes, tampon = tampon.split(b"\n")
        for ligne in lignes:
            print("Client : " + ligne.decode(errors="replace"), flush=True)


threading.Thread(target=reception, daemon=True).start()
while True:
    try:
        texte = input("Vous : ")
    except EOFError:
        client.shutdown(socket.SHUT_WR)
        threading.Event().wait()
    except KeyboardInterrupt:
        print("Bye")
        os._exit(0)
    client.sendall((texte + "\n").encode())
