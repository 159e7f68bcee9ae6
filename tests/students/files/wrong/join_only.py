import os
import socketserver
import sys


class H(socketserver.StreamRequestHandler):
    def handle(self):
        for ligne in iter(lambda: self.rfile.readline(65538), b""):
            ligne = ligne.decode("utf-8", "replace").strip()
            if ligne == "FIN":
                self.wfile.write(b"BYE\n")
                return
            if not ligne.startswith("GET "):
                self.wfile.write(b"ERR unknown command\n")
                continue
            try:
                with open(os.path.join(sys.argv[2], ligne[4:]), "rb") as f:
                    data = f.read()
            except (OSError, ValueError):
                self.wfile.write(b"ERR not found\n")
            else:
                self.wfile.write(b"OK %d\n" % len(data) + data)


socketserver.ThreadingTCPServer.allow_reuse_address = True
with socketserver.ThreadingTCPServer(("", int(sys.argv[1])), H) as s:
    s.daemon_threads = True
    s.serve_forever()
