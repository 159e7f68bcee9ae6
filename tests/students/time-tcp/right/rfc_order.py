"""RFC 868, list of steps: the user closes first, then the server."""
import datetime
import socketserver
import sys

ORIGINE = datetime.datetime(1900, 1, 1, tzinfo=datetime.timezone.utc)


class Time(socketserver.BaseRequestHandler):
    def handle(self):
        ecart = datetime.datetime.now(datetime.timezone.utc) - ORIGINE
        secondes = ecart.days * 86400 + ecart.seconds
        try:
            self.request.sendall(secondes.to_bytes(4, "big"))
            while self.request.recv(1024):
                pass
        except ConnectionError:
            pass


class Serveur(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if len(sys.argv) != 2:
    print("usage: rfc_order.py PORT", file=sys.stderr)
    sys.exit(1)
Serveur(("", int(sys.argv[1])), Time).serve_forever()
