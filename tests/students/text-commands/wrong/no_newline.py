import socket
import sys
import time

with socket.create_server(("", int(sys.argv[1]))) as s:
    conn, _ = s.accept()
    with conn, conn.makefile("rb") as lecture:
        while True:
            ligne = lecture.readline(65537)
            if not ligne or len(ligne) == 65537 and ligne[-1:] != b"\n":
                break
            mots = ligne.decode("utf-8", "replace").rstrip("\n").removesuffix("\r").split(" ", 1)
            if mots[0] in ("UPPER", "LOWER"):
                texte = mots[1] if len(mots) == 2 else "ERR argument manquant"
                if len(mots) == 2:
                    texte = texte.upper() if mots[0] == "UPPER" else texte.lower()
            elif mots[0] == "DATENOW":
                texte = time.ctime()
            else:
                texte = "ERR inconnu"
            conn.sendall(texte.encode())
