import socket, sys

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("", int(sys.argv[1])))
data, addr = sock.recvfrom(65535)
sock.connect(addr)
sock.send(data)
while True:
    try:
        sock.send(sock.recv(65535))
    except ConnectionRefusedError:
        pass
