import socket, sys
if len(sys.argv) != 3:
    sys.exit("usage")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except Exception as e:
    sys.exit(str(e))
f = s.makefile("rb")
for ligne in sys.stdin:
    mess = ligne.strip()
    if mess.lower() == "quit":
        break
    try:
        s.sendall(mess.encode())                 # sans saut de ligne
        recu = f.readline()
    except OSError as e:
        sys.exit(str(e))
    if not recu.endswith(b"\n"):
        sys.exit("serveur parti")
    print(recu.decode(errors="replace"), end="", flush=True)
