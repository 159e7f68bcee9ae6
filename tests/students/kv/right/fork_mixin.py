import socketserver
import sys

table = {b"fa": b"sill", b"mi": b"lion", b"li": b"nez"}


class H(socketserver.StreamRequestHandler):
    wbufsize = 0

    def handle(self):
        try:
            self.wfile.write(b"Serveur de ressources, FIN pour terminer\ncle> ")
            while True:
                l = self.rfile.readline(65538)
                if not l or (len(l) == 65538 and l[-1:] != b"\n"):
                    return
                l = l.strip()
                if l == b"FIN":
                    self.wfile.write(b"Au revoir\n")
                    return
                self.wfile.write(table.get(l, b"(rien)") + b"\ncle> ")
        except ConnectionError:
            pass


class S(socketserver.ForkingTCPServer):
    allow_reuse_address = True
    max_children = 200


if len(sys.argv) != 2:
    sys.exit("usage: fork_mixin.py port")
with S(("", int(sys.argv[1])), H) as s:
    s.serve_forever()
