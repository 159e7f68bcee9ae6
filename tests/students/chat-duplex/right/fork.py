import os
import signal
import sys
from socket import *

if len(sys.argv) != 2:
    sys.stderr.write("usage: fork.py port\n")
    sys.exit(1)
ma_socket = socket(AF_INET, SOCK_STREAM)
ma_socket.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
try:
    ma_socket.bind(("", int(sys.argv[1])))
except (OSError, ValueError, OverflowError) as e:
    sys.stderr.write(str(e) + "\n")
    sys.exit(1)
ma_socket.listen(1)
connexion, tsap = ma_socket.accept()
ma_socket.close()
pid = os.fork()
if pid == 0:
    # le fils : du clavier vers le réseau
    for ligne in sys.stdin:
        connexion.sendall(ligne.encode())
    connexion.shutdown(SHUT_WR)
    os._exit(0)
# le père : du réseau vers l'écran
reste = b""
while True:
    try:
        bloc = connexion.recv(1000)
    except ConnectionResetError:
        break
    if not bloc:
        break
    os.write(1, bloc)
os.kill(pid, signal.SIGKILL)
os.wait()
