import socket

udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
port = 0
udp.bind(("", port))
print("Socket UDP attaché au port :", port)
tcp = socket.socket()
tcp.bind(("", port))
print("Socket TCP attachée au port :", port)
input()
