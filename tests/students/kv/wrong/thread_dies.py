import socket
import sys
import threading

clients = []
dico = {"fa": "sill", "mi": "lion", "li": "nez"}


def gerer(conn):
    f = conn.makefile("rb")
    try:
        while True:
            ligne = f.readline(65538)
            if not ligne or len(ligne) == 65538:
                break
            cle = ligne.decode().strip()
            if cle == "FIN":
                break
            conn.sendall(("OK " + dico[cle] if cle in dico else "ERR").encode() + b"\n")
    except OSError:
        pass
    f.close()
    clients.remove(conn)
    conn.close()


s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, _ = s.accept()
    clients.append(c)
    threading.Thread(target=gerer, args=(c,), daemon=True).start()
