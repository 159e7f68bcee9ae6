import socket
import sys
import threading

d = {"fa": "sill", "mi": "lion", "li": "nez"}


def client(c):
    with c, c.makefile("rb") as f:
        while True:
            cle = f.readline(65538).decode("utf-8", "replace").strip()
            if cle == "FIN":
                break
            c.sendall((d[cle] + "\n").encode())


s = socket.create_server(("", int(sys.argv[1])))
while True:
    threading.Thread(target=client, args=(s.accept()[0],), daemon=True).start()
