# Ne regarde pas si le serveur est parti.
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage : client hote port")
try:
    c = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
for ligne in sys.stdin:
    msg = ligne.rstrip("\n")
    if msg.lower() == "quit":
        break
    try:
        c.send(msg.encode())
        print(c.recv(2048).decode(errors="replace"), flush=True)
    except OSError:
        pass
    if msg == "fin":
        break
c.close()
