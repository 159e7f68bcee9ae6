import socket
import sys
import threading

if len(sys.argv) != 2:
    print(f"Usage: {sys.argv[0]} <port>", file=sys.stderr)
    sys.exit(1)


def traiter_client(sock_fille):
    with sock_fille:
        try:
            while mess := sock_fille.recv(256):
                sock_fille.sendall(mess.upper())
        except OSError as err:
            print("client perdu :", err, file=sys.stderr)


sock_locale = socket.socket()
sock_locale.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock_locale.bind(("", int(sys.argv[1])))
sock_locale.listen(4)

try:
    while True:
        sock_client, _ = sock_locale.accept()
        threading.Thread(target=traiter_client, args=(sock_client,), daemon=True).start()
        del sock_client
except KeyboardInterrupt:
    print("Bye")
