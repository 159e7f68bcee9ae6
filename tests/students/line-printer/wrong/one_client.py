import socket, sys
s = socket.create_server(("", int(sys.argv[1])))
client, _ = s.accept()
with client.makefile("r", encoding="utf-8", errors="replace", newline="\n") as flux:
    for ligne in flux:
        print(ligne.rstrip("\n"), flush=True)
client.close()
