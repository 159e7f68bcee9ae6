import socket

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
    udp.bind(("", 0))
    tcp.bind(("", 0))
    print(f"UDP : {udp.getsockname()}, TCP : {tcp.getsockname()}")
