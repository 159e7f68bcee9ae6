import datetime
import socket
import sys

if len(sys.argv) != 2:
    print("Usage:", sys.argv[0], "port", file=sys.stderr)
    sys.exit(1)

with socket.create_server(("", int(sys.argv[1]))) as s:
    while True:
        c, adr = s.accept()
        with c:
            print("client", adr)
            maintenant = datetime.datetime.now()
            try:
                c.sendall(maintenant.strftime("%d/%m/%Y %H:%M:%S\r\n").encode())
            except OSError as e:
                print(e)
