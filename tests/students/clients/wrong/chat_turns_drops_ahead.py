import socket,sys
def usage():
    print("Usage: client.py <hote> <port>",file=sys.stderr); sys.exit(1)
if len(sys.argv)!=3: usage()
try: port=int(sys.argv[2])
except ValueError:
    print("port invalide",file=sys.stderr); sys.exit(1)
try:
    s=socket.socket(); s.connect((sys.argv[1],port))
except (OSError,OverflowError) as e:
    print("Connexion impossible :",e,file=sys.stderr); sys.exit(2)

import select,os
kb=b"";nb=b"";tour=True;eof=False
def lire_ligne(buf):
    i=buf.find(b"\n")
    return (None,buf) if i<0 else (buf[:i],buf[i+1:])
def fin(msg): print(msg,file=sys.stderr); sys.exit(1)
while True:
    if tour:
        l,kb=lire_ligne(kb)
        if l is not None:
            if l.lower()==b"quit": sys.exit(0)
            try: s.sendall(l+b"\n")
            except OSError as e: fin("erreur %s"%e)
            tour=False; continue
        if eof: sys.exit(0)
    r,_,_=select.select([s]+([] if eof else [0]),[],[])
    if 0 in r:
        d=os.read(0,1024)
        if not d: eof=True
        if tour: kb+=d
    if s in r:
        try: d=s.recv(1024)
        except OSError as e: fin("erreur %s"%e)
        if not d: fin("L'autre est parti")
        nb+=d
        while True:
            l,nb=lire_ligne(nb)
            if l is None: break
            print("Lui : "+l.decode("utf-8","replace"),flush=True); tour=True
