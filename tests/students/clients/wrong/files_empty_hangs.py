import socket,sys
if len(sys.argv)!=3:
    print("Usage: %s hote port"%sys.argv[0],file=sys.stderr); sys.exit(1)
try: s=socket.create_connection((sys.argv[1],int(sys.argv[2])))
except (OSError,ValueError,OverflowError) as e:
    print("Erreur de connexion :",e,file=sys.stderr); sys.exit(1)
f=s.makefile("rb")
while True:
    try: l=input("Commande : ")
    except EOFError: break
    if l.lower()=="quit": break
    try:
        s.sendall((l+"\n").encode()); r=f.readline()
    except OSError as e: sys.exit("coupé: %s"%e)
    if not r.endswith(b"\n"): sys.exit("Le serveur est parti")
    if r.startswith(b"OK "):
        n=int(r[3:]); d=b""
        while True:
            d+=f.read1(min(4096,n-len(d)) or 1)
            if len(d)>=n: break
        if len(d)<n: sys.exit("Fichier tronqué")
        print("--- %d octets ---"%n,flush=True)
        sys.stdout.buffer.write(d); print("\n--- fin ---",flush=True)
    else: print("Serveur :",r.decode(errors="replace").strip())
    if l=="FIN": break
