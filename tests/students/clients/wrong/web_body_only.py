# Mistake: only the body is shown, and HEAD has none.
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage : web_body_only.py hote port")
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as conn:
    conn.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    flux = conn.makefile("rb")
    for ligne in flux:
        if ligne == b"\r\n":
            break
    print(flux.read().decode())
