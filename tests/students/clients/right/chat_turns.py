import select
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage : chat.py hote port")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(f"connexion : {e}")
recu = b""


def ligne_du_serveur():
    global recu
    while b"\n" not in recu:
        bloc = s.recv(1024)
        if not bloc:
            print("L'autre est parti.")
            sys.exit(0)
        recu += bloc
    ligne, recu = recu.split(b"\n", 1)
    return ligne.decode("utf-8", "replace")


try:
    while True:
        print("Moi : ", end="", flush=True)
        # un seul des deux : le clavier, ou la fin de la connexion
        pret, _, _ = select.select([sys.stdin, s], [], [])
        if s in pret:
            bloc = s.recv(1024)
            if not bloc:
                print("\nL'autre est parti.")
                sys.exit(0)
            recu += bloc
            continue
        ligne = sys.stdin.buffer.raw.readline()
        if not ligne:
            break
        s.sendall(ligne)
        print("\nLui :", ligne_du_serveur())
except OSError as e:
    sys.exit(f"\nconnexion perdue : {e}")
