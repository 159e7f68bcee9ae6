import socket
import sys
import threading

donnees = {"fa": "sill", "mi": "lion", "li": "nez"}
tampon = b""


def gestion(conn):
    global tampon
    try:
        while True:
            morceau = conn.recv(1024)
            if not morceau:
                break
            tampon += morceau
            if len(tampon) > 70000:
                tampon = b""
                break
            while b"\n" in tampon:
                ligne, tampon = tampon.split(b"\n", 1)
                cle = ligne.decode(errors="replace").strip()
                if cle == "FIN":
                    conn.sendall(b"BYE\n")
                    return
                conn.sendall((donnees.get(cle, "inconnu") + "\n").encode())
    except OSError:
        pass
    finally:
        conn.close()


s = socket.create_server(("", int(sys.argv[1])))
while True:
    threading.Thread(target=gestion, args=(s.accept()[0],), daemon=True).start()
