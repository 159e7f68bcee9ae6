import calendar
import socket
import struct
import sys
import time

s = socket.create_server(("", int(sys.argv[1])))
while True:
    c, _ = s.accept()
    with c:
        # l'heure d'été de Paris, prise pour de l'UTC
        secondes = calendar.timegm(time.gmtime(time.time() + 7200)) + 2208988800
        try:
            c.sendall(struct.pack("!I", secondes))
        except OSError:
            pass
