# Arguments are not looked at: no message, no exit code of its own.
import socket, sys
try:
    sock = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (IndexError, ValueError, OverflowError):
    sys.exit(0)
except OSError as error:
    sys.exit(str(error))
reponses = sock.makefile("rb")
for ligne in sys.stdin:
    if ligne.strip().lower() == "quit":
        break
    try:
        sock.sendall(ligne.encode())
        reponse = reponses.readline()
    except OSError as error:
        sys.exit(str(error))
    if not reponse.endswith(b"\n"):
        sys.exit("le serveur est parti")
    print(reponse.decode(errors="replace"), end="", flush=True)
