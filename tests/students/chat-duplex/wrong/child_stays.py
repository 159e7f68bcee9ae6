"""Le père s'en va, le fils reste au clavier."""
import os
import socket
import sys

if len(sys.argv) != 2:
    sys.exit("usage")
try:
    e = socket.create_server(("", int(sys.argv[1])))
except (OSError, ValueError, OverflowError) as x:
    sys.exit(str(x))
s, _ = e.accept()
e.close()
if os.fork() == 0:
    for ligne in sys.stdin:
        s.sendall(ligne.encode())
    s.shutdown(socket.SHUT_WR)
    os._exit(0)
try:
    while bloc := s.recv(1024):
        os.write(1, bloc)
except OSError:
    pass
