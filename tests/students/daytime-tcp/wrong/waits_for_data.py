import socket
import sys
import time

s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, _ = s.accept()
    try:
        if c.recv(1024):
            c.sendall((time.ctime() + "\n").encode())
    except OSError:
        pass
    c.close()
