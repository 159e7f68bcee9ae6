import socket
import sys

s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, _ = s.accept()
    while True:
        c.sendall(b"abcdefghijklmnopqrstuvwxyz0123456789\r\n")
