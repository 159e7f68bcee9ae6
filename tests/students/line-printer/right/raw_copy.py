# Copie ce qui arrive sur la sortie standard, octet pour octet.
import socket
import sys

s = socket.create_server(("", int(sys.argv[1])))
while True:
    client, _ = s.accept()
    try:
        while True:
            donnees = client.recv(1024)
            if not donnees:
                break
            sys.stdout.buffer.write(donnees)
            sys.stdout.buffer.flush()
    except ConnectionResetError:
        pass
    client.close()
