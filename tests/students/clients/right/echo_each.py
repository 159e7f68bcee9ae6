"""Une connexion pour chaque ligne : on envoie, on ferme son sens, on lit tout."""
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage : echo_each.py hote port")


def echo(ligne):
    with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as s:
        s.sendall(ligne.encode())
        s.shutdown(socket.SHUT_WR)
        recu = b""
        while bloc := s.recv(4096):
            recu += bloc
    if len(recu) < len(ligne.encode()):
        raise OSError("réponse incomplète")
    return recu.decode(errors="replace")


if not sys.argv[2].isdigit():
    sys.exit("le port est un nombre")
for ligne in sys.stdin:
    if ligne.strip().lower() == "quit":
        break
    try:
        print(echo(ligne), end="", flush=True)
    except (OSError, OverflowError) as erreur:
        print("erreur :", erreur, file=sys.stderr)
        sys.exit(1)
