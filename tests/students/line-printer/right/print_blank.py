# print(ligne) garde le saut de ligne recu : une ligne vide apres chacune.
import socket, sys, threading

def sert(client):
    tampon = b""
    try:
        while True:
            recu = client.recv(4096)
            if not recu:
                break
            tampon += recu
            while b"\n" in tampon:
                ligne, tampon = tampon.split(b"\n", 1)
                print(ligne.decode("utf-8", "replace") + "\n", flush=True)
    except OSError:
        pass
    if tampon:
        print(tampon.decode("utf-8", "replace") + "\n", flush=True)
    client.close()

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1])))
s.listen(1)
while True:
    client, adresse = s.accept()
    threading.Thread(target=sert, args=(client,), daemon=True).start()
