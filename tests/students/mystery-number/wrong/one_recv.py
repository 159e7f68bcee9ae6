import random
import socket
import sys

serveur = socket.socket()
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("", int(sys.argv[1])))
serveur.listen(5)
while True:
    client, _ = serveur.accept()
    try:
        secret = random.randrange(1, 101)
        client.sendall(b"Devinez : nombre entre 1 et 100, essais : 8\n")
        reste = 8
        while reste > 0:
            data = client.recv(100)
            if not data:
                break
            try:
                nombre = int(data.decode(errors="replace"))
            except ValueError:
                client.sendall(b"Erreur : ce n'est pas un entier\n")
                continue
            reste -= 1
            if nombre == secret:
                client.sendall(b"Gagne !\n")
                break
            if reste == 0:
                client.sendall(f"Perdu {secret}\n".encode())
            elif nombre > secret:
                client.sendall(b"plus petit\n")
            else:
                client.sendall(b"plus grand\n")
    except OSError:
        pass
    client.close()
