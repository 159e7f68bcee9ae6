# Tries again for ever where nobody listens, and where no answer comes.
import socket, sys
if len(sys.argv) != 2:
    sys.exit("usage: successeur_retries.py path")
while True:
    s = socket.socket(socket.AF_UNIX)
    try:
        s.connect(sys.argv[1])
        s.sendall(b"A")
        answer = s.recv(1)
    except OSError:
        continue
    if answer:
        print("answer:", answer[0])
        break
