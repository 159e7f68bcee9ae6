# Sends the byte's number in decimal digits.
import socket, sys
if len(sys.argv) != 2:
    sys.exit("usage: successeur_number.py path")
line = sys.stdin.readline().strip() or "A"
if line.lower() == "quit":
    sys.exit(0)
s = socket.socket(socket.AF_UNIX)
try:
    s.connect(sys.argv[1])
    s.sendall(str(ord(line[0])).encode())
    answer = s.recv(1)
except OSError as error:
    sys.exit(str(error))
if not answer:
    sys.exit("no answer")
print(answer)
