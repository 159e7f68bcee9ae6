# Echo server program
import socket
import sys

HOST = '' # Symbolic name meaning all available interfaces
PORT = int(sys.argv[1]) # Arbitrary non-privileged port
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.bind((HOST, PORT))
    s.listen(1)
    conn, addr = s.accept()
    with conn:
        print('Connected by', addr)
        while True:
            data = conn.recv(1024) #we receive data by 1024 bits chunks
            if not data: break
            print("received:", data)
            conn.sendall(data)
