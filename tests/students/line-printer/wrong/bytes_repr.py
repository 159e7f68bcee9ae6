# print d'un bytes affiche sa notation.
import socket, sys
s = socket.create_server(("", int(sys.argv[1])))
while True:
    client, _ = s.accept()
    with client.makefile("rb") as flux:
        try:
            for ligne in flux:
                print(ligne.rstrip(b"\n"), flush=True)
        except OSError:
            pass
    client.close()
