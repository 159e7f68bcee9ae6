import socket
import sys

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("", int(sys.argv[1])))
while True:
    requete, client = sock.recvfrom(65535)
    reponse = requete.decode("utf-8", errors="replace").upper()
    sock.sendto(reponse.encode("utf-8"), client)
