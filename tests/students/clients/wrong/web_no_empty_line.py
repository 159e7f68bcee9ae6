# Mistake: the empty line that ends the request is missing, so that no answer ever comes.
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage : web_no_empty_line.py hote port")
with socket.socket() as conn:
    conn.connect((sys.argv[1], int(sys.argv[2])))
    conn.sendall(b"HEAD / HTTP/1.1\r\n")
    conn.sendall(b"Host: localhost\r\n")
    for ligne in conn.makefile():
        print(ligne, end="")
