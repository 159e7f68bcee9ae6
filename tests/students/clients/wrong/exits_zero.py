# Says what goes wrong, and ends as if nothing had.
import socket, sys
if len(sys.argv) != 3:
    sys.exit(f"Usage: {sys.argv[0]} <ip> <port>")
if not sys.argv[2].isdigit() or not 0 < int(sys.argv[2]) < 65536:
    sys.exit("mauvais port")
try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    reponses = sock.makefile("rb")
    for ligne in sys.stdin:
        if ligne.strip().lower() == "quit":
            break
        sock.sendall(ligne.encode())
        reponse = reponses.readline()
        if not reponse.endswith(b"\n"):
            print("le serveur est parti")
            break
        print(reponse.decode(errors="replace"), end="", flush=True)
except OSError as error:
    print(error)
