import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    demande, client = s.recvfrom(1024)
    if len(demande) == 0:
        break
    s.sendto(b"abcdefghijklmnopqrstuvwxyz\r\n", client)
