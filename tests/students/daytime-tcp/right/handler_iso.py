import datetime
import socketserver
import sys


class Daytime(socketserver.StreamRequestHandler):
    def handle(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        try:
            self.wfile.write(now.isoformat(timespec="seconds").encode() + b"\n")
        except ConnectionError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if len(sys.argv) != 2:
    print("usage: handler_iso.py PORT", file=sys.stderr)
    sys.exit(1)
Server(("127.0.0.1", int(sys.argv[1])), Daytime).serve_forever()
