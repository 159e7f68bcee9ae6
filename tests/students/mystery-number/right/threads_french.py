import random
import re
import socket
import sys
import threading


class Partie(threading.Thread):
    MAXI, ESSAIS = 1000, 12

    def __init__(self, conn):
        super().__init__(daemon=True)
        self.conn = conn
        self.secret = random.randint(1, self.MAXI)
        self.reste = b""

    def dire(self, phrase):
        self.conn.sendall((phrase + "\n").encode("utf-8"))

    def ligne(self):
        while b"\n" not in self.reste:
            if len(self.reste) > 65536:
                raise EOFError
            morceau = self.conn.recv(2048)
            if not morceau:
                raise EOFError
            self.reste += morceau
        tete, _, self.reste = self.reste.partition(b"\n")
        return tete.decode("utf-8", "replace").strip()

    def jeu(self):
        self.dire(f"Bienvenue ! J'ai choisi un nombre entre 1 et {self.MAXI}, nombre d'essais : {self.ESSAIS}")
        for tour in range(1, self.ESSAIS + 1):
            while True:
                proposition = self.ligne()
                if re.fullmatch(r"-?[0-9]{1,100}", proposition):
                    break
                self.dire("Ce n'est pas un nombre, recommencez")
            nombre = int(proposition)
            if nombre == self.secret:
                self.dire(f"Bravo, trouvé en {tour} coups")
                return
            self.dire("Trop petit !" if nombre < self.secret else "Trop grand !")
        self.dire(f"Perdu, c'était {self.secret}")

    def run(self):
        with self.conn:
            try:
                self.jeu()
            except (EOFError, ConnectionError, ValueError):
                pass


if len(sys.argv) != 2:
    print("usage : threads_french.py <port>", file=sys.stderr)
    sys.exit(1)
serveur = socket.create_server(("", int(sys.argv[1])))
while True:
    client, adresse = serveur.accept()
    Partie(client).start()
    del client
