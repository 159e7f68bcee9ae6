# Client HTTP, comme dans le cours : HEAD, puis la réponse ligne par ligne.
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage : web_sheet.py hote port")

with socket.socket() as conn:
    conn.connect((sys.argv[1], int(sys.argv[2])))
    conn.sendall(b'HEAD / HTTP/1.1\r\n')
    conn.sendall(b"Host: localhost\r\n\r\n")
    text_io = conn.makefile()
    for lig in text_io:
        print(lig, end='')
