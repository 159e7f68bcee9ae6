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

f=s.makefile("rw",encoding="utf-8",errors="replace",newline="\n")
def perdu(): print("Le serveur a coupé la partie",file=sys.stderr); sys.exit(1)
try:
    l=f.readline()
    if not l.endswith("\n"): perdu()
    print("Paramètres :",l.strip())
    k=int(l.split()[-1])
    for _ in range(k-1):
        try: g=input("Votre proposition : ")
        except EOFError: break
        if g.lower()=="quit": break
        s.sendall((g+"\n").encode())
        r=f.readline()
        if not r.endswith("\n"): perdu()
        print(r.strip())
        if r.startswith("GAGNE") or r.startswith("PERDU"): break
except OSError as e:
    print("Erreur",e,file=sys.stderr); sys.exit(1)
