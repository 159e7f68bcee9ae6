import random
import socketserver
import sys


class Jeu(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"MYSTERE 1000 10\n")
        essais = 10
        while essais:
            ligne = self.rfile.readline(65538)
            if not ligne or len(ligne) == 65538:
                return
            nombre = random.randint(1, 1000)
            try:
                x = int(ligne.decode(errors="replace"))
            except ValueError:
                self.wfile.write(b"ERR\n")
                continue
            essais -= 1
            if x == nombre:
                self.wfile.write(b"GAGNE\n")
                return
            if not essais:
                self.wfile.write(b"PERDU %d\n" % nombre)
            elif x < nombre:
                self.wfile.write(b"PLUS GRAND\n")
            else:
                self.wfile.write(b"PLUS PETIT\n")


class S(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


S(("", int(sys.argv[1])), Jeu).serve_forever()
