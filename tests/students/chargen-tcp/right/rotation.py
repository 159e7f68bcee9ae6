import socket
import sys

ANNEAU = "".join(chr(c) for c in range(32, 127))

if len(sys.argv) != 2:
    print("usage: rotation.py PORT", file=sys.stderr)
    sys.exit(1)
s = socket.create_server(("", int(sys.argv[1])), backlog=5)
while True:
    c, addr = s.accept()
    debut = 0
    try:
        while True:
            ligne = (ANNEAU * 2)[debut:debut + 72] + "\r\n"
            c.sendall(ligne.encode("ascii"))
            debut = (debut + 1) % len(ANNEAU)
    except OSError as e:
        print(addr, e)
    finally:
        c.close()
