import socket

tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
tcp.bind(("localhost", 0))
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("localhost", 0))
print("Socket TCP attachée au port", tcp.getsockname()[1])
print("Socket UDP attachée au port", udp.getsockname()[1])
input("Entrée pour finir")
