# input() raises at the end of the input, and nobody catches it.
import socket, sys
if len(sys.argv) != 2:
    sys.exit("usage: successeur_input.py path")
line = input("octet ? ")
s = socket.socket(socket.AF_UNIX)
try:
    s.connect(sys.argv[1])
    s.sendall((line or "A")[:1].encode())
    answer = s.recv(1)
except OSError as error:
    sys.exit(str(error))
if not answer:
    sys.exit("no answer")
print("réponse :", answer[0])
