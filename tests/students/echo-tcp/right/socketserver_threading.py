import socketserver
import sys


class EchoHandler(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while True:
                data = self.request.recv(4096)
                if not data:
                    break
                self.request.sendall(data)
        except ConnectionError as e:
            print(self.client_address, "a coupé :", e)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():
        print("Usage: socketserver_threading.py <port>", file=sys.stderr)
        sys.exit(1)
    with Server(("127.0.0.1", int(sys.argv[1])), EchoHandler) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Bye")
