import socket
import sys
import time

s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, _ = s.accept()
    with c:
        try:
            c.sendall(str(int(time.time()) + 2208988800).encode())
        except OSError:
            pass
