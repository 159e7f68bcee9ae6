"""Le père voit la fin et s'en va ; le fils reste au clavier."""
import os
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
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
