"""Question 4 : fork, chacun son sens."""
import os
import signal
import socket
import sys

if len(sys.argv) != 3:
    sys.stderr.write("usage\n")
    sys.exit(1)
s = socket.socket()
try:
    s.connect((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))

pid = os.fork()
if pid == 0:                     # le fils lit le clavier
    while True:
        ligne = sys.stdin.readline()
        if not ligne:
            s.shutdown(socket.SHUT_WR)
            os._exit(0)
        s.sendall(ligne.encode())
f = s.makefile("r", encoding="utf-8", errors="replace", newline="\n")
try:
    for ligne in f:
        print("< " + ligne, end="", flush=True)
except OSError:
    pass
try:
    os.kill(pid, signal.SIGTERM)
except ProcessLookupError:
    pass
os.wait()
