import select
import socket
import sys

ressource = {"fa": "sill", "mi": "lion", "li": "nez"}
ecoute = socket.socket()
ecoute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ecoute.bind(("", int(sys.argv[1])))
ecoute.listen(10)
sockets = [ecoute]
while True:
    prets, _, _ = select.select(sockets, [], [])
    for s in prets:
        if s is ecoute:
            c, _ = s.accept()
            sockets.append(c)
            continue
        try:
            data = s.recv(1024)
            cle = data.decode(errors="replace").strip()
            if not data or cle == "FIN":
                sockets.remove(s)
                s.close()
            elif cle in ressource:
                s.sendall(f"OK {ressource[cle]}\n".encode())
            else:
                s.sendall(b"ERR unknown key\n")
        except OSError:
            sockets.remove(s)
            s.close()
