# Une ligne par recv.
import socket, sys
s = socket.create_server(("", int(sys.argv[1])))
while True:
    client, _ = s.accept()
    try:
        while True:
            donnees = client.recv(1024)
            if not donnees:
                break
            print(donnees.decode("utf-8", "replace").rstrip("\n"), flush=True)
    except OSError:
        pass
    client.close()
