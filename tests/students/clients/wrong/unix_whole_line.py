import socket,sys
if len(sys.argv)!=2: print("usage: client chemin",file=sys.stderr); sys.exit(1)
def demander(b):
    s=socket.socket(socket.AF_UNIX)
    try:
        s.connect(sys.argv[1]); s.sendall(b); r=s.recv(1)
    except OSError as e: print("erreur:",e,file=sys.stderr); sys.exit(1)
    s.close()
    if not r: print("le serveur a fermé sans répondre",file=sys.stderr); sys.exit(1)
    return r

for l in sys.stdin:
    l=l.rstrip("\n")
    if l.lower()=="quit": break
    r=demander(l.encode() or b"A")
    print(r[0], flush=True)
