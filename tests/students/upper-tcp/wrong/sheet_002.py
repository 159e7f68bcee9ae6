import socket
import sys
import threading

def traiter_client(sock_fille):
    while True:
        mess = sock_fille.recv(256)
        if mess.decode() == "":
            break
        sock_fille.sendall(mess.upper())

if len(sys.argv) != 2:
    print(f"Usage: {sys.argv[0]} <port>", file=sys.stderr)
    sys.exit(1)

sock_locale = socket.socket()
sock_locale.bind(("", int(sys.argv[1])))
sock_locale.listen(4)

while True:
    try:
        sock_client, adr_client = sock_locale.accept()
        threading.Thread(target=traiter_client, args=(sock_client,)).start()
    except KeyboardInterrupt:
        break

sock_locale.shutdown(socket.SHUT_RDWR)
print("Bye")

for t in threading.enumerate():
    if t != threading.main_thread(): t.join

sys.exit(0)
