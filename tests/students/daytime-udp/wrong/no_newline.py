import socket
import sys
from datetime import datetime

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("0.0.0.0", int(sys.argv[1])))
while True:
    message, adresse = sock.recvfrom(1024)
    sock.sendto(str(datetime.now()).encode(), adresse)
