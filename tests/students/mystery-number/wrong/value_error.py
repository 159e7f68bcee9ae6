import random
import socket
import sys

n, k = 100, 10
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", int(sys.argv[1])))
s.listen(1)
conn, addr = s.accept()
f = conn.makefile("rb")
mystere = random.randint(1, n)
conn.sendall(f"MYSTERE {n} {k}\n".encode())
for i in range(k):
    ligne = f.readline(65537)
    if not ligne:
        break
    prop = int(ligne)
    if prop == mystere:
        conn.sendall(b"GAGNE\n")
        break
    elif i == k - 1:
        conn.sendall(f"PERDU {mystere}\n".encode())
    elif prop < mystere:
        conn.sendall(b"PLUS GRAND\n")
    else:
        conn.sendall(b"PLUS PETIT\n")
f.close()
conn.close()
