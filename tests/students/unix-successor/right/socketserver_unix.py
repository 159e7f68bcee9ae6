import os
import socketserver
import stat
import sys


class Suivant(socketserver.BaseRequestHandler):
    def handle(self):
        donnees = self.request.recv(1024)
        if donnees:
            self.request.sendall(((donnees[0] + 1) % 256).to_bytes(1, "big"))


class Serveur(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} CHEMIN")
    try:
        if stat.S_ISSOCK(os.stat(sys.argv[1]).st_mode):
            os.remove(sys.argv[1])
    except FileNotFoundError:
        pass
    with Serveur(sys.argv[1], Suivant) as serveur:
        serveur.serve_forever()
