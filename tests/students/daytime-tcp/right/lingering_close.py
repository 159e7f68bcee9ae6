import socket, sys, signal, time, os, datetime, struct, random
def die(m,c):
    print(m, file=sys.stderr); sys.exit(c)
if len(sys.argv) != 2: die("usage: %s <port>" % sys.argv[0], 1)
try: port = int(sys.argv[1])
except ValueError: die("port invalide", 2)
if not 0 <= port < 65536: die("port invalide", 2)
def bye(*a):
    print("Bye"); sys.exit(0)
signal.signal(signal.SIGINT, bye); signal.signal(signal.SIGTERM, bye)
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try: s.bind(("", port))
except OSError as e: die(str(e), 1)
s.listen(5)
while True:
    c, addr = s.accept()
    try:
        c.sendall((time.ctime()+"\n").encode())
        c.shutdown(socket.SHUT_WR)
        c.recv(100)
    except OSError as e:
        print(e)
    finally:
        c.close()
