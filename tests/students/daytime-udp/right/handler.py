import email.utils
import socketserver
import sys


class Daytime(socketserver.BaseRequestHandler):
    def handle(self):
        _, sock = self.request
        sock.sendto((email.utils.formatdate(localtime=True) + "\n").encode(), self.client_address)


if len(sys.argv) != 2:
    print("usage: handler.py port", file=sys.stderr)
    sys.exit(1)
with socketserver.UDPServer(("", int(sys.argv[1])), Daytime) as s:
    s.serve_forever()
