# Client HTTP : attend la touche Entrée, puis demande la page.
import socket
import sys

try:
    hote, port = sys.argv[1], int(sys.argv[2])
except (IndexError, ValueError):
    sys.exit("usage : web_enter.py hote port")

input("Entrée pour demander la page... ")
try:
    with socket.create_connection((hote, port)) as conn:
        flux = conn.makefile("rwb")
        flux.write(b"GET / HTTP/1.1\r\nHost: " + hote.encode() + b"\r\nConnection: close\r\n\r\n")
        flux.flush()
        for ligne in flux:
            print(ligne)
except (OSError, OverflowError) as erreur:
    sys.exit(f"erreur : {erreur}")
