#!/usr/bin/env python3
"""Lignes lues une à une ; le fichier est lu comme un texte, et len compte ses caractères."""
import os
import socketserver
import sys
import urllib.parse

RACINE = os.path.realpath(sys.argv[2]) if len(sys.argv) > 2 else None


class Client(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            self.une_requete()
        except (ConnectionError, BrokenPipeError):
            pass

    def une_requete(self):
        ligne = self.rfile.readline(66000).decode("utf-8", "replace").rstrip("\r\n")
        if not ligne:
            return
        if len(ligne) > 65000:
            return self.reponse(414, "URI Too Long", b"")
        while True:
            entete = self.rfile.readline(66000)
            if entete in (b"\r\n", b"\n", b""):
                break
        mots = ligne.split()
        if len(mots) != 3:
            return self.reponse(400, "Bad Request", b"requete incomprise\n")
        methode, url, version = mots
        if methode != "GET" and methode != "HEAD":
            return self.reponse(501, "Not Implemented", b"methode inconnue\n")
        chemin = urllib.parse.unquote(url.partition("?")[0])
        if ".." in chemin.split("/"):
            return self.reponse(403, "Forbidden", b"interdit\n")
        if chemin.endswith("/"):
            chemin += "index.html"
        fichier = os.path.realpath(RACINE + chemin)
        if not fichier.startswith(RACINE + os.sep) or not os.path.isfile(fichier):
            return self.reponse(404, "Not Found", b"introuvable\n", methode)
        with open(fichier, encoding="utf-8", errors="replace") as f:
            contenu = f.read()
        self.reponse(200, "OK", contenu, methode, "text/html" if fichier.endswith(".html") else "text/plain")

    def reponse(self, code, raison, corps, methode="GET", genre="text/plain"):
        tete = "HTTP/1.1 %d %s\nContent-Type: %s\nContent-Length: %d\nConnection: close\n\n"
        self.wfile.write((tete % (code, raison, genre, len(corps))).encode())
        if methode == "GET":
            self.wfile.write(corps.encode() if isinstance(corps, str) else corps)


class Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage : text_mode.py port racine")
    try:
        serveur = Serveur(("", int(sys.argv[1])), Client)
    except (ValueError, OverflowError, OSError) as e:
        sys.exit("erreur : %s" % e)
    try:
        serveur.serve_forever()
    except KeyboardInterrupt:
        pass
