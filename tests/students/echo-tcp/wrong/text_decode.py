import socket
import sys
import threading


def gerer(client):
    with client:
        while True:
            message = client.recv(1024).decode("utf-8")
            if message == "":
                return
            print("reçu", message)
            client.sendall(message.encode("utf-8"))


serveur = socket.create_server(("", int(sys.argv[1])))
while True:
    client, _ = serveur.accept()
    threading.Thread(target=gerer, args=(client,), daemon=True).start()
    del client
