import random
import socketserver
import sys


class Jeu(socketserver.StreamRequestHandler):
    n, k = 64, 7

    def dire(self, texte):
        self.wfile.write(texte.encode() + b"\n")

    def handle(self):
        try:
            self.dire("Bienvenue dans le jeu du nombre mystère !")
            self.dire(f"Trouvez un nombre entre 1 et {self.n}, essais permis : {self.k}")
            self.jouer(random.randint(1, self.n))
        except ConnectionError:
            pass

    def jouer(self, secret):
        for essai in range(self.k):
            ligne = self.rfile.readline(65538)
            if not ligne or len(ligne) == 65538 and not ligne.endswith(b"\n"):
                return
            try:
                x = int(ligne[:30])
            except ValueError:
                self.dire("Il faut un nombre, essai perdu")
                continue
            if x == secret:
                return self.dire("Gagné")
            self.dire("Trop petit" if x < secret else "Trop grand")
        self.dire("Perdu")


class Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True


if len(sys.argv) != 2:
    sys.exit("usage: params_second.py port")
Serveur(("", int(sys.argv[1])), Jeu).serve_forever()
