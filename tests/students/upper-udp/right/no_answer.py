import socket
import sys


def serveur(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.bind(("127.0.0.1", port))
        while True:
            paquet, client = s.recvfrom(1 << 16)
            try:
                texte = paquet.decode("utf-8")
            except UnicodeDecodeError:
                print("paquet ignoré")
                continue
            try:
                s.sendto(texte.upper().encode("utf-8"), client)
            except OSError as e:
                print(e)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage : no_answer.py <port>", file=sys.stderr)
        sys.exit(1)
    try:
        serveur(int(sys.argv[1]))
    except ValueError as e:
        print(e, file=sys.stderr)
        sys.exit(1)
