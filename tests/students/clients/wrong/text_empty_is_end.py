import socket,sys
if len(sys.argv)!=3:
    print("Usage: %s hote port"%sys.argv[0],file=sys.stderr); sys.exit(1)
try: s=socket.create_connection((sys.argv[1],int(sys.argv[2])))
except (OSError,ValueError,OverflowError) as e:
    print("Erreur de connexion :",e,file=sys.stderr); sys.exit(1)
f=s.makefile("rb")
print("Commandes : UPPER texte, LOWER texte, DATENOW, quit")
while True:
    try: l=input("? ")
    except EOFError: break
    if l.lower()=="quit": break
    try:
        s.sendall((l+"\n").encode())
        r=f.readline()
    except OSError as e: sys.exit("erreur %s"%e)
    if not r.strip(): sys.exit("Le serveur a fermé")
    print("->",r.decode(errors="replace").rstrip("\n"))
