import socket
import struct
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    donnees, client = s.recvfrom(512)
    if not donnees:
        continue
    s.sendto(struct.pack("!I", int(time.time()) + 2208988800), client)
