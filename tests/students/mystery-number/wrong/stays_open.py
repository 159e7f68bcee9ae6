import random
import socket
import sys
import threading

parties = []


def jeu(conn):
    secret = random.randint(1, 50)
    f = conn.makefile("rb")
    conn.sendall(b"MYSTERE 50 6\n")
    for essai in range(6):
        try:
            ligne = f.readline(65538)
        except OSError:
            return
        if not ligne:
            return
        try:
            v = int(ligne)
        except ValueError:
            v = 0
        if v == secret:
            conn.sendall("GAGNÉ\n".encode())
            return
        if essai < 5:
            conn.sendall(b"PLUS GRAND\n" if v < secret else b"PLUS PETIT\n")
    conn.sendall(f"PERDU {secret}\n".encode())


s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, _ = s.accept()
    parties.append(c)
    threading.Thread(target=jeu, args=(c,), daemon=True).start()
