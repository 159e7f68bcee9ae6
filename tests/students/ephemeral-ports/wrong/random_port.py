import random
import socket

udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
port_udp = random.randint(1024, 30000)
udp.bind(("", port_udp))
tcp = socket.socket()
port_tcp = random.randint(1024, 30000)
tcp.bind(("", port_tcp))
print("Socket UDP attaché au port :", port_udp)
print("Socket TCP attachée au port :", port_tcp)
input()
