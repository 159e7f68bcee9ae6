import socket
import sys
from threading import Thread


class Client(Thread):
    def __init__(self, conn):
        super().__init__(daemon=True)
        self.conn = conn

    def run(self):
        try:
            while True:
                data = self.conn.recv(1024)
                if not data:
                    break
                self.conn.sendall(data.decode("utf8").upper().encode("utf8"))
        finally:
            self.conn.close()


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", int(sys.argv[1])))
s.listen()
while True:
    c, a = s.accept()
    Client(c).start()
