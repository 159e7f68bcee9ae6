import random
import socket
import string
import sys

if len(sys.argv) != 2:
    print("usage: hasard.py PORT", file=sys.stderr)
    sys.exit(1)
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    _, client = s.recvfrom(1024)
    n = random.randint(0, 512)
    s.sendto("".join(random.choices(string.ascii_letters + "\n", k=n)).encode(), client)
