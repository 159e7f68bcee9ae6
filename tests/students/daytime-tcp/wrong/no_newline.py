import socket
import sys
import time

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("", int(sys.argv[1])))
serveur.listen(5)
while True:
    client, _ = serveur.accept()
    try:
        client.sendall(time.asctime().encode())
    except OSError:
        pass
    client.close()
