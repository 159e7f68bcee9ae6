import os
import socket
import sys

s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, _ = s.accept()
    try:
        while True:
            c.sendall(os.urandom(72) + b"\r\n")
    except OSError:
        c.close()
