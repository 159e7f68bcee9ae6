import datetime
import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write((text + "\n").encode())

    def handle(self):
        try:
            self.say("Welcome to the text server")
            self.say("Commands: UPPER, LOWER, DATENOW")
            self.talk()
        except (BrokenPipeError, ConnectionResetError):
            pass

    def talk(self):
        while True:
            raw = self.rfile.readline(65538)
            if not raw:
                return
            if len(raw) == 65538 and not raw.endswith(b"\n"):
                self.say("Line too long, bye")
                return
            line = raw.rstrip(b"\n")
            if line.endswith(b"\r"):
                line = line[:-1]
            words = line.decode("utf-8", "replace").split(" ", 1)
            name = words[0].upper()
            rest = words[1] if len(words) > 1 else ""
            if name == "UPPER":
                self.say(rest.upper())
            elif name == "LOWER":
                self.say(rest.lower())
            elif name == "DATENOW":
                self.say(datetime.datetime.now().isoformat())
            else:
                self.say("Unknown command")


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def finish_request(self, request, client_address):
        try:
            super().finish_request(request, client_address)
        except (BrokenPipeError, ConnectionResetError):
            pass


try:
    port = int(sys.argv[1])
except (IndexError, ValueError):
    print("usage: stream_handler.py PORT", file=sys.stderr)
    sys.exit(1)
Server(("127.0.0.1", port), Handler).serve_forever()
