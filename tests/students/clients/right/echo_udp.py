from socket import *
import sys

if len(sys.argv) != 3:
    print(f"Usage: {sys.argv[0]} <ip> <port>", file=sys.stderr)
    sys.exit(1)
if not sys.argv[2].isdigit() or not 0 < int(sys.argv[2]) < 65536:
    sys.exit("mauvais port")

with socket(AF_INET, SOCK_DGRAM) as sock:
    sock.connect((sys.argv[1], int(sys.argv[2])))
    for ligne in sys.stdin:
        mess = ligne.rstrip("\n")
        if mess.upper() == "QUIT":
            break
        recu = None
        for essai in range(3):
            sock.settimeout(1 + essai)
            try:
                sock.send(mess.encode())
                while recu != mess.encode():        # an echo: anything else is late, or a stranger's
                    recu = sock.recv(65535)
                break
            except TimeoutError:
                print("pas de réponse", file=sys.stderr)
            except ConnectionRefusedError:
                print("personne n'écoute", file=sys.stderr)
        if recu == mess.encode():
            print("Réponse = " + recu.decode(), flush=True)
