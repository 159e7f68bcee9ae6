import socket
import struct
import sys
import time

if len(sys.argv) != 2:
    print("usage: recvfrom.py PORT", file=sys.stderr)
    sys.exit(1)
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    _, client = s.recvfrom(512)
    s.sendto(struct.pack("!I", (int(time.time()) + 2208988800) % 2**32), client)
