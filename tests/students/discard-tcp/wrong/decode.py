import socket
import sys

s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, addr = s.accept()
    with c:
        try:
            while data := c.recv(1024):
                print(addr, data.decode())
        except ConnectionError:
            pass
