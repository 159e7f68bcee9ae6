# Mistake: one recv is taken for the whole answer.
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage : web_one_recv.py hote port")
with socket.socket() as conn:
    conn.connect((sys.argv[1], int(sys.argv[2])))
    conn.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    for ligne in conn.recv(1024).decode().split("\r\n"):
        print(ligne)
