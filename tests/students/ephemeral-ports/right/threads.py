import socket
import threading
import time


def attache(nom, genre):
    with socket.socket(socket.AF_INET6, genre) as s:
        s.bind(("::", 0))
        print(f"[{time.strftime('%Y-%m-%d %H:%M:%S')}] socket {nom} : port {s.getsockname()[1]} (fd {s.fileno()})", flush=True)
        time.sleep(30)


for nom, genre in (("tcp", socket.SOCK_STREAM), ("udp", socket.SOCK_DGRAM)):
    threading.Thread(target=attache, args=(nom, genre)).start()
