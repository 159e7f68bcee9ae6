import codecs
import socket
import sys
import threading

decodeur = codecs.getincrementaldecoder("utf-8")("replace")


def client(conn):
    with conn:
        try:
            while True:
                data = conn.recv(1024)
                if not data:
                    break
                conn.sendall(decodeur.decode(data).upper().encode())
        except ConnectionError:
            pass


serveur = socket.create_server(("", int(sys.argv[1])))
while True:
    threading.Thread(target=client, args=(serveur.accept()[0],), daemon=True).start()
