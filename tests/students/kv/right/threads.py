import socket
import sys
import threading

DONNEES = {"fa": "sill", "mi": "lion", "li": "nez"}


def lignes(conn):
    reste = b""
    while True:
        morceau = conn.recv(1024)
        if not morceau:
            if reste:
                yield reste
            return
        reste += morceau
        while b"\n" in reste:
            ligne, reste = reste.split(b"\n", 1)
            yield ligne
        if len(reste) > 65536:
            return


def servir(conn, adresse):
    print("bonjour", adresse)
    try:
        for ligne in lignes(conn):
            cle = ligne.decode("utf-8", errors="replace").strip()
            if cle == "FIN":
                break
            valeur = DONNEES.get(cle)
            if valeur is None:
                conn.sendall("clé inconnue\n".encode())
            else:
                conn.sendall(f"{valeur}\n".encode())
    except OSError as e:
        print(adresse, e)
    finally:
        conn.close()
    print("au revoir", adresse)


def main():
    if len(sys.argv) != 2:
        print("Usage: threads.py <port>", file=sys.stderr)
        sys.exit(1)
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("", int(sys.argv[1])))
    except (ValueError, OverflowError, OSError) as e:
        print("impossible d'ouvrir le port :", e, file=sys.stderr)
        sys.exit(1)
    s.listen(5)
    while True:
        c, a = s.accept()
        threading.Thread(target=servir, args=(c, a), daemon=True).start()
        del c


main()
