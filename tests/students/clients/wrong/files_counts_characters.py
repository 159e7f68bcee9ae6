import socket
import sys

if len(sys.argv) != 3:
    sys.exit("usage")
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
f = s.makefile("rw", encoding="utf-8", errors="replace", newline="\n")
fin = False
for ligne in sys.stdin:
    if ligne.strip().lower() == "quit":
        break
    try:
        f.write(ligne)
        f.flush()
        statut = f.readline()
        if not statut.endswith("\n"):
            sys.exit(0 if fin else "fermé")
        print(statut, end="", flush=True)
        if statut.startswith("OK"):
            taille = int(statut[3:])
            texte = f.read(taille)           # des caractères, pas des octets
            print(texte, flush=True)
            if len(texte) < taille:
                sys.exit("fermé")
        fin = ligne == "FIN\n"
        if fin:
            break
    except (OSError, ValueError) as e:
        sys.exit(str(e))
