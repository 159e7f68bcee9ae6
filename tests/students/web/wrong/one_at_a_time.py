#!/usr/bin/env python3
"""Serveur web du TP : HTTPServer sert un client après l'autre."""
import sys
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler

if len(sys.argv) != 3:
    print("usage : one_at_a_time.py port racine", file=sys.stderr)
    sys.exit(1)
try:
    port = int(sys.argv[1])
    serveur = HTTPServer(("", port), partial(SimpleHTTPRequestHandler, directory=sys.argv[2]))
except (ValueError, OverflowError, OSError) as erreur:
    print("impossible de servir :", erreur, file=sys.stderr)
    sys.exit(1)
try:
    serveur.serve_forever()
except KeyboardInterrupt:
    print("Bye")
