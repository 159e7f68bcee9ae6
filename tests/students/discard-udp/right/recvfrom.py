import socket
import sys

if len(sys.argv) != 2:
    print("usage: recvfrom.py PORT", file=sys.stderr)
    sys.exit(1)
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    s.recvfrom(1)
