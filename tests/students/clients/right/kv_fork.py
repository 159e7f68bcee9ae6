"""Le fils lit le réseau, le père lit le clavier."""
import os
import signal
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage : kv_fork.py hote port")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(f"connexion : {e}")
fils = os.fork()
if fils == 0:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while donnees := s.recv(100):
            os.write(1, donnees)
        os.write(2, "fin de la connexion\n".encode())
    except OSError as e:
        os.write(2, f"erreur : {e}\n".encode())
    os.kill(os.getppid(), signal.SIGUSR1)
    os._exit(0)

au_revoir = False


def parti(*_):
    os.waitpid(fils, 0)
    os._exit(0 if au_revoir else 1)


signal.signal(signal.SIGUSR1, parti)
for ligne in sys.stdin:
    if ligne.strip().lower() == "quit":
        break
    au_revoir = ligne == "FIN\n"
    try:
        s.sendall(ligne.encode())
    except OSError as e:
        print("erreur :", e, file=sys.stderr)
        sys.exit(1)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
s.shutdown(socket.SHUT_WR)
os.waitpid(fils, 0)
