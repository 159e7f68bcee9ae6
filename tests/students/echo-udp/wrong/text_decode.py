import socket, sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
while True:
    msg, client = s.recvfrom(65535)
    texte = msg.decode()
    print("Message de", client, ":", texte)
    s.sendto(texte.encode(), client)
