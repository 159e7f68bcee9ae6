"""Un recv, une ligne."""
import os
import select
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
try:
    while bloc := s.recv(1024):
        print(bloc.decode(errors="replace").strip(), flush=True)
        if s in select.select([sys.stdin, s], [], [])[0] and not s.recv(1, socket.MSG_PEEK):
            break
        ligne = sys.stdin.buffer.raw.readline()
        if not ligne:
            break
        s.sendall(ligne)
except OSError:
    pass
