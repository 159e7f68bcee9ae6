# Mistake: the end of the answer, an empty `recv`, is not noticed: the client goes round for ever.
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage : web_spins.py hote port")
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as conn:
    conn.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    while True:
        print(conn.recv(1024).decode("latin-1"), end="", flush=True)
