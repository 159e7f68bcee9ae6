# One connection for all lines, though the server closes after each answer.
import socket, sys
if len(sys.argv) != 2:
    sys.exit("usage: successeur_one_socket.py path")
s = socket.socket(socket.AF_UNIX)
try:
    s.connect(sys.argv[1])
    for line in sys.stdin:
        line = line.strip() or "A"
        if line.lower() == "quit":
            break
        s.sendall(line[:1].encode())
        answer = s.recv(1)
        if not answer:
            sys.exit("the server has left")
        print(answer.decode("latin-1"), flush=True)
except OSError as error:
    sys.exit(str(error))
