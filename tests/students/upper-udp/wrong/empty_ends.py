import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    data, addr = s.recvfrom(65535)
    if not data:
        break
    s.sendto(data.upper(), addr)
print("fin")
s.close()
