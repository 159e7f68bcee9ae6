# Client HTTP/1.0 : GET, tout recevoir, puis afficher chaque ligne avec son numéro.
import socket
import sys


def recevoir_tout(sock):
    morceaux = []
    while True:
        morceau = sock.recv(512)
        if not morceau:
            return b"".join(morceaux)
        morceaux.append(morceau)


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdigit() or int(sys.argv[2]) > 65535:
        print("usage : python3 web_get.py HOTE PORT", file=sys.stderr)
        return 2
    hote, port = sys.argv[1], int(sys.argv[2])
    try:
        sock = socket.create_connection((hote, port), timeout=10)
    except OSError as erreur:
        print(f"connexion impossible : {erreur}", file=sys.stderr)
        return 1
    try:
        sock.sendall(f"GET /index.html HTTP/1.0\r\nHost: {hote}:{port}\r\nUser-Agent: moi\r\n\r\n".encode())
        reponse = recevoir_tout(sock)
    except OSError as erreur:
        print(f"connexion perdue : {erreur}", file=sys.stderr)
        return 1
    finally:
        sock.close()
    for numero, ligne in enumerate(reponse.decode("latin-1").splitlines(), 1):
        print(f"{numero:3} | {ligne}")
    return 0


sys.exit(main())
