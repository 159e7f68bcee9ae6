# Takes whatever comes, from wherever it comes; late and doubled answers, too.
from socket import *
import sys
if len(sys.argv) != 3 or not sys.argv[2].isdigit() or not 0 < int(sys.argv[2]) < 65536:
    sys.exit(f"Usage: {sys.argv[0]} <ip> <port>")
with socket(AF_INET, SOCK_DGRAM) as sock:
    sock.settimeout(2)
    for ligne in sys.stdin:
        mess = ligne.rstrip("\n")
        if mess.lower() == "quit":
            break
        for essai in range(3):
            sock.sendto(mess.encode(), (sys.argv[1], int(sys.argv[2])))
            try:
                reponse, _ = sock.recvfrom(65535)
                print("Réponse = " + reponse.decode(errors="replace"), flush=True)
                break
            except TimeoutError:
                print("pas de réponse", file=sys.stderr)
