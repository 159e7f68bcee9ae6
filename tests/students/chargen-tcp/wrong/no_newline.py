import itertools
import socketserver
import sys


class Generateur(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            for c in itertools.cycle(range(33, 127)):
                self.request.sendall(bytes([c]))
        except OSError:
            pass


class Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


Serveur(("", int(sys.argv[1])), Generateur).serve_forever()
