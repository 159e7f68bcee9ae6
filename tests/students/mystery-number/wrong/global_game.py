import random
import socket
import sys
import threading

N, K = 100, 10
secret = 0
essais = 0


def jouer(conn):
    global secret, essais
    secret = random.randint(1, N)
    essais = 0
    with conn, conn.makefile("rb") as f:
        try:
            conn.sendall(f"Trouvez un nombre de 1 à {N} ({K} essais)\n".encode())
            while True:
                ligne = f.readline(65538)
                if not ligne or len(ligne) == 65538:
                    return
                try:
                    valeur = int(ligne.decode(errors="replace"))
                except ValueError:
                    conn.sendall(b"Nombre attendu\n")
                    continue
                essais += 1
                if valeur == secret:
                    conn.sendall("Gagné\n".encode())
                    return
                if essais >= K:
                    conn.sendall(f"Perdu, c'était {secret}\n".encode())
                    return
                conn.sendall(b"Plus grand\n" if secret > valeur else b"Plus petit\n")
        except OSError:
            pass


s = socket.create_server(("", int(sys.argv[1])))
while True:
    threading.Thread(target=jouer, args=(s.accept()[0],), daemon=True).start()
