"""La boucle de la feuille : pendant input(), personne ne regarde la connexion."""
import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
f = s.makefile("r", errors="replace", newline="\n")
while True:
    try:
        ligne = input()
        s.sendall((ligne + "\n").encode())
        recu = f.readline()
    except EOFError:
        break
    except OSError as e:
        sys.exit(str(e))
    if not recu:
        sys.exit("parti")
    print(recu, end="", flush=True)
