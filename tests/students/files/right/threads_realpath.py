import os
import socket
import sys
import threading

MAX = 65536


def dedans(racine, chemin):
    """Le chemin réel d'un fichier de la racine."""
    reel = os.path.realpath(os.path.join(racine, chemin))
    if os.path.commonpath([racine, reel]) != racine:
        raise PermissionError
    if not os.path.isfile(reel):
        raise FileNotFoundError
    return reel


def repondre(conn, racine, ligne):
    if not ligne.startswith("GET "):
        conn.sendall(b"ERR unknown command\n")
        return
    try:
        with open(dedans(racine, ligne[4:]), "rb") as f:
            taille = os.fstat(f.fileno()).st_size
            conn.sendall(f"OK {taille}\n".encode())
            while morceau := f.read(65536):
                conn.sendall(morceau)
    except PermissionError:
        conn.sendall(b"ERR forbidden\n")
    except (FileNotFoundError, ValueError):
        conn.sendall(b"ERR not found\n")


def servir(conn, racine):
    with conn, conn.makefile("rb") as f:
        try:
            while ligne := f.readline(MAX + 1):
                if len(ligne) > MAX and not ligne.endswith(b"\n"):
                    conn.sendall(b"ERR line too long\n")
                    break
                texte = ligne.rstrip(b"\r\n").decode("utf-8", errors="replace")
                if texte == "FIN":
                    conn.sendall(b"BYE\n")
                    break
                repondre(conn, racine, texte)
        except OSError as e:
            print(e, file=sys.stderr)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage : threads_realpath.py port dossier")
    racine = os.path.realpath(sys.argv[2])
    with socket.create_server(("", int(sys.argv[1]))) as s:
        while True:
            conn, _ = s.accept()
            threading.Thread(target=servir, args=(conn, racine), daemon=True).start()


main()
