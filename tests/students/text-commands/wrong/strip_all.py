import socket
import sys
import threading
import time


def traiter(conn):
    with conn, conn.makefile("rb") as f:
        try:
            while True:
                ligne = f.readline(65538)
                if not ligne or len(ligne) == 65538:
                    return
                mots = ligne.decode("utf-8", errors="replace").strip().split()
                if mots and mots[0] == "UPPER":
                    rep = " ".join(mots[1:]).upper()
                elif mots and mots[0] == "LOWER":
                    rep = " ".join(mots[1:]).lower()
                elif mots == ["DATENOW"]:
                    rep = time.strftime("%d/%m/%Y %H:%M:%S")
                else:
                    rep = "Commande inconnue"
                conn.sendall((rep + "\n").encode())
        except OSError:
            pass


s = socket.create_server(("", int(sys.argv[1])))
while True:
    threading.Thread(target=traiter, args=(s.accept()[0],), daemon=True).start()
