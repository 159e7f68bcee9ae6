import os
import socket
import sys

if len(sys.argv) != 2:
    sys.exit("usage : serveur chemin")
if os.path.exists(sys.argv[1]):
    os.unlink(sys.argv[1])
s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.bind(sys.argv[1])
s.listen(5)
while True:
    c, _ = s.accept()
    try:
        lettre = c.recv(1).decode()
        c.send(chr(ord(lettre) + 1).encode())
    except OSError:
        pass
    c.close()
