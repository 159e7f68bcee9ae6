import socket
import sys

if len(sys.argv) != 2:
    print("usage: boucle.py PORT", file=sys.stderr)
    sys.exit(1)
s = socket.create_server(("", int(sys.argv[1])), backlog=5)
while True:
    c, addr = s.accept()
    try:
        while c.recv(4096):
            pass
    except ConnectionError as e:
        print(addr, e)
    c.close()
