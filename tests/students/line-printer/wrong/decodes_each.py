# Decode chaque recv : un accent coupe fait tomber le serveur.
import socket, sys
s = socket.create_server(("", int(sys.argv[1])))
while True:
    client, _ = s.accept()
    try:
        while True:
            donnees = client.recv(1024)
            if not donnees:
                break
            print(donnees.decode("utf-8"), end="", flush=True)
    except ConnectionError:
        pass
    client.close()
