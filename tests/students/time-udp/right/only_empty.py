"""RFC 868 to the letter: the request is an empty datagram, nothing else is answered."""
import socketserver
import struct
import sys
import time


class Time(socketserver.BaseRequestHandler):
    def handle(self):
        donnees, sock = self.request
        if donnees == b"":
            sock.sendto(struct.pack(">L", int(time.time()) + 2208988800), self.client_address)


if len(sys.argv) != 2:
    print("usage: only_empty.py PORT", file=sys.stderr)
    sys.exit(1)
with socketserver.UDPServer(("127.0.0.1", int(sys.argv[1])), Time) as s:
    s.serve_forever()
