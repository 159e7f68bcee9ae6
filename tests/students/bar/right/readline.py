import socketserver
import sys


class Bar(socketserver.StreamRequestHandler):
    def handle(self):
        for ligne in self.rfile:
            commande = ligne.decode("utf-8", "replace").rstrip("\r\n")
            self.wfile.write(f"vous m'avez demandé : {commande} bien reçu 5 / 5\n".encode())
            if commande == "fin":
                break


class Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        print("client parti", client_address)


if len(sys.argv) != 2:
    sys.exit(f"usage : {sys.argv[0]} PORT")
try:
    serveur = Serveur(("", int(sys.argv[1])), Bar)
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
serveur.serve_forever()
