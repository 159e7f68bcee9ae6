import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    data, client = s.recvfrom(65536)
    print(client, data.decode("utf-8"))
