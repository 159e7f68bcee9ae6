#!/usr/bin/env python3
"""A handler of its own; HEAD is answered as GET is."""
import mimetypes
import os
import sys
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "TP/1"

    def find(self):
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        full = os.path.realpath(os.path.join(ROOT, path.lstrip("/") or "index.html"))
        if os.path.commonpath([full, ROOT]) != ROOT:
            return None, 403
        if not os.path.isfile(full):
            return None, 404
        return full, 200

    def reply(self, with_body):
        full, status = self.find()
        if full is None:
            body = b"<h1>Erreur %d</h1>\n" % status
            kind = "text/html"
        else:
            with open(full, "rb") as f:
                body = f.read()
            kind = mimetypes.guess_type(full)[0] or "application/octet-stream"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def do_GET(self):
        self.reply(True)

    def do_HEAD(self):
        self.reply(True)

    def refuse(self):
        self.send_response(405)
        self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = refuse

    def log_message(self, *args):
        pass


try:
    PORT, ROOT = int(sys.argv[1]), os.path.realpath(sys.argv[2])
    server = ThreadingHTTPServer(("", PORT), Handler)
except (IndexError, ValueError, OverflowError, OSError) as e:
    sys.exit(f"usage: body_after_head.py port folder ({e})")
try:
    server.serve_forever()
except KeyboardInterrupt:
    pass
