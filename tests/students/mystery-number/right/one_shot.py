import random
import socket
import sys

N = 100
K = 7


def lire(f):
    """Une ligne, sans sa fin ; None à la fin ou si elle est trop longue."""
    brut = f.readline(65538)
    if not brut or (len(brut) > 65537 and not brut.endswith(b"\n")):
        return None
    return brut.decode(errors="replace").strip()


def jouer(f):
    secret = random.randint(1, N)
    print("secret :", secret)

    def dire(texte):
        f.write(texte.encode() + b"\n")
        f.flush()

    dire(f"MYSTERE {N} {K}")
    essais = 0
    while essais < K:
        ligne = lire(f)
        if ligne is None:
            return
        try:
            valeur = int(ligne[:20])
        except ValueError:
            dire("ERR pas un nombre")
            continue
        essais += 1
        if valeur == secret:
            dire("GAGNE")
            return
        if essais == K:
            break
        dire("PLUS GRAND" if valeur < secret else "PLUS PETIT")
    dire(f"PERDU {secret}")


if len(sys.argv) != 2:
    print("Usage: one_shot.py <port>", file=sys.stderr)
    sys.exit(1)
with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as srv:
    conn, _ = srv.accept()
    with conn, conn.makefile("rwb") as f:
        try:
            jouer(f)
        except ConnectionError:
            print("le joueur est parti")
