import socket
import sys

MOTS = {"PLUS GRAND": "C'est plus grand !", "PLUS PETIT": "C'est plus petit !"}

if len(sys.argv) != 3 or not sys.argv[2].isdigit() or int(sys.argv[2]) > 65535:
    sys.exit("usage : mystere.py hote port")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except OSError as e:
    sys.exit(f"impossible : {e}")
f = s.makefile("rw", encoding="utf-8", errors="replace", newline="\n")


def lire():
    try:
        ligne = f.readline()
    except OSError as e:
        sys.exit(f"erreur : {e}")
    if not ligne.endswith("\n"):
        sys.exit("le serveur a raccroché")
    return ligne.strip()


debut = lire().split()
if len(debut) != 3:
    sys.exit("je ne comprends pas ce serveur")
print("Un nombre entre 1 et", debut[1])
print("Essais :", debut[2], flush=True)
for ligne in sys.stdin:
    if ligne.strip().lower() == "quit":
        break
    try:
        f.write(ligne)
        f.flush()
    except OSError as e:
        sys.exit(f"erreur : {e}")
    reponse = lire()
    if reponse == "GAGNE":
        print("Bravo, gagné !")
        break
    if reponse.startswith("PERDU"):
        print("Perdu, c'était", reponse.split()[1])
        break
    print(MOTS.get(reponse, reponse), flush=True)
