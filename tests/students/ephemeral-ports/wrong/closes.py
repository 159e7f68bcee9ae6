import socket

for nom, genre in (("UDP", socket.SOCK_DGRAM), ("TCP", socket.SOCK_STREAM)):
    s = socket.socket(socket.AF_INET, genre)
    s.bind(("", 0))
    port = s.getsockname()[1]
    s.close()
    print(f"Socket {nom} attachée au port : {port}", flush=True)
input()
