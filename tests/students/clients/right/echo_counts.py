import socket,sys
if len(sys.argv)!=3:
    print("Usage: %s hote port"%sys.argv[0],file=sys.stderr); sys.exit(1)
try: s=socket.create_connection((sys.argv[1],int(sys.argv[2])))
except (OSError,ValueError,OverflowError) as e:
    print("Erreur de connexion :",e,file=sys.stderr); sys.exit(1)
def recevoir(n):
    d=b""
    while len(d)<n:
        x=s.recv(n-len(d))
        if not x: sys.exit("Le serveur a coupé la connexion")
        d+=x
    return d
while True:
    try: l=input("Entrez une commande (quit pour quitter) : ")
    except EOFError: break
    if l.upper()=="QUIT": break
    try:
        b=(l+"\n").encode()
        s.sendall(b)
        print(recevoir(len(b)).decode(errors="replace"),end="",flush=True)
    except OSError as e: sys.exit(str(e))
s.close()
