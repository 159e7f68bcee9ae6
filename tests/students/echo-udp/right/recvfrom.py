import socket
import sys

if len(sys.argv) != 2:
    sys.exit("usage: recvfrom.py port")

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", int(sys.argv[1])))
print("serveur echo UDP prêt")
while True:
    donnees, adresse = s.recvfrom(65536)
    print(len(donnees), "octets de", adresse)
    s.sendto(donnees, adresse)
