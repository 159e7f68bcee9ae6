import select
import socket
import sys

if len(sys.argv) != 2:
    print("Usage : python3 serveur.py port", file=sys.stderr)
    sys.exit(1)
try:
    ecoute = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    ecoute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    ecoute.bind(("", int(sys.argv[1])))
    ecoute.listen(1)
except (OSError, ValueError, OverflowError) as e:
    sys.exit(f"impossible : {e}")

s, client = ecoute.accept()
ecoute.close()
print("Connecté :", client, flush=True)
tampon = b""


def recevoir():
    """Lit ce qui vient ; vrai tant que le client est là."""
    global tampon
    try:
        bloc = s.recv(4096)
    except OSError:
        bloc = b""
    if not bloc:
        print("\nLe client est parti.")
        sys.exit(0)
    tampon += bloc


while True:
    while b"\n" not in tampon:
        recevoir()
    ligne, tampon = tampon.split(b"\n", 1)
    print("Client :", ligne.decode("utf-8", "replace"))
    print("Vous : ", end="", flush=True)
    while True:
        prets, _, _ = select.select([sys.stdin, s], [], [])
        if s in prets:
            recevoir()
        if sys.stdin in prets:
            break
    reponse = sys.stdin.buffer.raw.readline()
    if not reponse:
        sys.exit(0)
    try:
        s.sendall(reponse)
    except OSError:
        sys.exit(0)
