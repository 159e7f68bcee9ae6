import socket
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    data, addr = s.recvfrom(512)
    if len(data) == 0:
        print("le client a fermé")
        s.close()
        sys.exit(0)
    s.sendto((time.ctime() + "\n").encode(), addr)
