import socket
import struct
import sys
import time

DEPUIS_1900 = 2208988800

if len(sys.argv) != 2:
    print("usage: struct_pack.py PORT", file=sys.stderr)
    sys.exit(1)
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", int(sys.argv[1])))
s.listen(5)
while True:
    conn, addr = s.accept()
    try:
        conn.sendall(struct.pack("!I", int(time.time()) + DEPUIS_1900))
    except OSError as e:
        print(addr, e)
    conn.close()
