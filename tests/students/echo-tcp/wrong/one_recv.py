import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('localhost', int(sys.argv[1])))
s.listen(5)
while True:
    client, addr = s.accept()
    print("Nouveau client", addr)
    try:
        data = client.recv(1024)
        client.sendall(data)
    except OSError:
        pass
    client.close()
