import socket
import sys

if len(sys.argv) != 2:
    print(f"Usage: {sys.argv[0]} <port>", file=sys.stderr)
    sys.exit(1)

TAILLE_TAMPON = 65535

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(('', int(sys.argv[1])))
print("Serveur en attente sur le port " + sys.argv[1], file=sys.stderr)

while True:
    try:
        mess, adr_client = sock.recvfrom(TAILLE_TAMPON)
        print(f"Requête provenant de {adr_client[0]}. Longueur = {len(mess)}", file=sys.stderr)
        reponse = mess.decode(errors="replace").upper()
        sock.sendto(reponse.encode(), adr_client)
    except KeyboardInterrupt:
        break
    except OSError as e:
        print("réponse impossible :", e, file=sys.stderr)

sock.close()
print("Arrêt du serveur", file=sys.stderr)
