# Receives the answer, and shows its length only.
import socket, sys
if len(sys.argv) != 3:
    sys.exit(f"Usage: {sys.argv[0]} <ip> <port>")
sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
reponses = sock.makefile("rb")
for ligne in sys.stdin:
    if ligne.strip().lower() == "quit":
        break
    sock.sendall(ligne.encode())
    print(len(reponses.readline()), "octets", flush=True)
