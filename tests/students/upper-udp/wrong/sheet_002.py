import socket
import sys

if len(sys.argv) != 2:
    print(f"Usage: {sys.argv[0]} <port>", file=sys.stderr)
    sys.exit(1)

TAILLE_TAMPON = 256

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

# Liaison de la socket à toutes les IP possibles de la machine
sock.bind(('', int(sys.argv[1])))
print("Serveur en attente sur le port " + sys.argv[1], file=sys.stderr)

while True:
    try:
        # Récupération de la requête du client
        requete = sock.recvfrom(TAILLE_TAMPON)

        # Extraction du message et de l'adresse sur le client
        (mess, adr_client) = requete
        ip_client, port_client = adr_client

        print(f"Requête provenant de {ip_client}. Longueur = {len(mess)}",
              file=sys.stderr)

        # Construction de la réponse
        reponse = mess.decode().upper()

        # Envoi de la réponse au client
        sock.sendto(reponse.encode(), adr_client)

    except KeyboardInterrupt: break

sock.close()
print("Arrêt du serveur", file=sys.stderr)
sys.exit(0)
