import socketserver
import sys
import time


class Serveur(socketserver.StreamRequestHandler):
    def handle(self):
        while True:
            ligne = self.rfile.readline(65538)
            if not ligne or len(ligne) == 65538:
                break
            ligne = ligne.decode().removesuffix("\n").removesuffix("\r")
            cmd, _, reste = ligne.partition(" ")
            if cmd == "UPPER":
                sortie = reste.upper()
            elif cmd == "LOWER":
                sortie = reste.lower()
            elif cmd == "DATENOW":
                sortie = str(round(time.time()))
            else:
                sortie = "ERR"
            self.wfile.write(f"{sortie}\n".encode())


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
socketserver.ThreadingTCPServer(("", int(sys.argv[1])), Serveur).serve_forever()
