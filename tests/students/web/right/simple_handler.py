#!/usr/bin/env python3
"""Serveur web du TP : le module http.server fait (presque) tout."""
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

if len(sys.argv) != 3:
    print("usage : simple_handler.py port racine", file=sys.stderr)
    sys.exit(1)
try:
    port = int(sys.argv[1])
    serveur = ThreadingHTTPServer(("", port), partial(SimpleHTTPRequestHandler, directory=sys.argv[2]))
except (ValueError, OverflowError, OSError) as erreur:
    print("impossible de servir :", erreur, file=sys.stderr)
    sys.exit(1)
try:
    serveur.serve_forever()
except KeyboardInterrupt:
    print("Bye")
