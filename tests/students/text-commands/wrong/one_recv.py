import socket
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", int(sys.argv[1])))
s.listen(1)
while True:
    conn, addr = s.accept()
    with conn:
        while True:
            try:
                data = conn.recv(1024)
            except ConnectionResetError:
                break
            if not data:
                break
            requete = data.decode(errors="replace").rstrip("\r\n")
            if requete.startswith("UPPER "):
                reponse = requete[6:].upper()
            elif requete.startswith("LOWER "):
                reponse = requete[6:].lower()
            elif requete == "DATENOW":
                reponse = str(int(time.time()))
            else:
                reponse = "ERR commande inconnue"
            try:
                conn.sendall((reponse + "\n").encode())
            except OSError:
                break
