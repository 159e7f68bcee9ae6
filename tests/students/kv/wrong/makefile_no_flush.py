import socket
import sys
import threading

valeurs = {b"fa": b"sill", b"mi": b"lion", b"li": b"nez"}


def client(conn):
    try:
        with conn, conn.makefile("rwb") as f:
            while True:
                cle = f.readline(65538)
                if not cle or len(cle) == 65538 or cle.strip() == b"FIN":
                    break
                f.write(valeurs.get(cle.strip(), b"ERR cle inconnue") + b"\n")
    except OSError:
        pass


s = socket.create_server(("", int(sys.argv[1])))
while True:
    threading.Thread(target=client, args=(s.accept()[0],), daemon=True).start()
