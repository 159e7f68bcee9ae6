import socket
import sys
from datetime import datetime

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("", int(sys.argv[1])))
    s.listen(1)
    conn, addr = s.accept()
    with conn:
        conn.sendall((str(datetime.now()) + "\n").encode())
