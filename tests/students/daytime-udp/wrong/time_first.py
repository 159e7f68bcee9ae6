import socket
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    reponse = time.strftime("%a %b %d %H:%M:%S %Y") + "\n"
    _, client = s.recvfrom(1024)
    s.sendto(reponse.encode(), client)
