import socket
import sys

s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, _ = s.accept()
    with c:
        try:
            for debut in range(95):
                ligne = bytes(32 + (debut + i) % 95 for i in range(72))
                c.sendall(ligne + b"\r\n")
        except OSError:
            pass
