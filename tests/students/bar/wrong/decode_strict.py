import socket
import sys

if len(sys.argv) != 2:
    sys.exit("usage : serveur port")
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", int(sys.argv[1])))
s.listen(5)
c, _ = s.accept()
msg = ""
while msg != "fin":
    recu = c.recv(1024)
    if not recu:
        break
    msg = recu.decode()
    print("Le client commande :", msg)
    c.send(f"vous m'avez demandé : {msg} bien reçu 5 / 5".encode())
c.close()
s.close()
