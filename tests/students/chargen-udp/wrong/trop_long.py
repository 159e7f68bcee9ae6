import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    _, client = s.recvfrom(1024)
    s.sendto((b"abcdefghijklmnopqrstuvwxyz" * 40)[:1024], client)
