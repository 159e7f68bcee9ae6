import pathlib
import socketserver
import sys

RACINE = pathlib.Path(sys.argv[2]).resolve()


class Fichiers(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            requete = self.rfile.readline(100_000)
            if not requete:
                return
            if not requete.endswith(b"\n") and len(requete) == 100_000:
                return
            requete = requete.decode("utf-8", "backslashreplace").strip()
            mots = requete.split(" ", 1)
            if requete == "FIN":
                return
            elif mots[0].upper() != "GET" or len(mots) < 2:
                self.erreur("commande inconnue")
            else:
                self.envoyer(mots[1])

    def envoyer(self, nom):
        if ".." in nom.split("/") or nom.startswith("/"):
            return self.erreur("interdit")
        try:
            chemin = (RACINE / nom).resolve(strict=True)
            if not chemin.is_relative_to(RACINE):
                return self.erreur("interdit")
            contenu = chemin.read_bytes()
        except (OSError, ValueError):
            return self.erreur("introuvable")
        self.wfile.write(b"OK %d\n" % len(contenu))
        self.wfile.write(contenu)

    def erreur(self, pourquoi):
        self.wfile.write(f"ERREUR : {pourquoi}\n".encode())


class Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Serveur(("", int(sys.argv[1])), Fichiers) as serveur:
    serveur.serve_forever()
