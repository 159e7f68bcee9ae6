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
    octet = c.recv(1)
    try:
        c.send(bytes([(octet[0] + 1) & 0xFF]))
    except OSError:
        pass
    c.close()
