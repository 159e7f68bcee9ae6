import os
import socket
import sys
import threading

if len(sys.argv) != 3:
    sys.exit("usage")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))


def recevoir():
    try:
        while bloc := s.recv(1024):
            print(bloc.decode(errors="replace"), end="", flush=True)
    except OSError:
        pass
    os._exit(0)


threading.Thread(target=recevoir, daemon=True).start()
for ligne in sys.stdin:
    s.sendall(ligne.encode())
