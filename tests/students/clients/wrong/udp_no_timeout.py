# The sheet's client in a loop: an answer that is lost is awaited for ever.
from socket import *
import sys
if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 0 < int(sys.argv[2]) < 65536:
    sys.exit(f"Usage: {sys.argv[0]} <ip> <port>")
with socket(AF_INET, SOCK_DGRAM) as sock:
    sock.connect((sys.argv[1], int(sys.argv[2])))
    for ligne in sys.stdin:
        mess = ligne.rstrip("\n")
        if mess.lower() == "quit":
            break
        sock.send(mess.encode())
        print("Réponse = " + sock.recv(65535).decode(errors="replace"), flush=True)
