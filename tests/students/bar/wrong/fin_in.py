import socket
import sys

if len(sys.argv) != 2:
    sys.exit("usage : serveur port")
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", int(sys.argv[1])))
s.listen(5)
while True:
    c, _ = s.accept()
    try:
        while True:
            msg = c.recv(1024)
            if not msg:
                break
            c.send("vous m'avez demandé : ".encode() + msg + " bien reçu 5 / 5".encode())
            if b"fin" in msg:
                break
    except OSError:
        pass
    c.close()
