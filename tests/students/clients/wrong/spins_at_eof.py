# An end of stream is taken for an empty piece: the loop never ends.
import socket, sys
if len(sys.argv) != 3:
    sys.exit(f"Usage: {sys.argv[0]} <ip> <port>")
try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as error:
    sys.exit(str(error))
for ligne in sys.stdin:
    if ligne.strip().lower() == "quit":
        break
    try:
        sock.sendall(ligne.encode())
        reponse = b""
        while not reponse.endswith(b"\n"):
            reponse += sock.recv(256)
    except OSError as error:
        sys.exit(str(error))
    print(reponse.decode(errors="replace"), end="", flush=True)
