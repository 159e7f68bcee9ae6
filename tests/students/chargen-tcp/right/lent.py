"""A line now and then, so that one can read along; a thread for each client."""
import itertools
import socketserver
import string
import sys
import time


class Generateur(socketserver.StreamRequestHandler):
    def handle(self):
        for n in itertools.count():
            try:
                self.wfile.write(f"{n:06d} {string.ascii_letters}\n".encode())
            except OSError:
                return
            time.sleep(0.005)


class Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if len(sys.argv) != 2:
    sys.exit("usage: lent.py PORT")
Serveur(("", int(sys.argv[1])), Generateur).serve_forever()
