import socket
import sys

s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, _ = s.accept()
    try:
        c.recv(1024)
    except OSError:
        pass
    c.close()
