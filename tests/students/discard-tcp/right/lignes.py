"""Reads by lines, as bytes."""
import socketserver
import sys


class Poubelle(socketserver.StreamRequestHandler):
    def handle(self):
        try:
            for _ in self.rfile:
                pass
        except ConnectionError:
            pass


class Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if len(sys.argv) != 2:
    print("usage: lignes.py PORT", file=sys.stderr)
    sys.exit(1)
Serveur(("", int(sys.argv[1])), Poubelle).serve_forever()
