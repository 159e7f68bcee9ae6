import socket,sys
if len(sys.argv)!=3:
    print("usage: kv host port",file=sys.stderr); sys.exit(1)
try:
    s=socket.create_connection((sys.argv[1],int(sys.argv[2])))
except (OSError,ValueError,OverflowError) as e:
    print("Connexion impossible :",e,file=sys.stderr); sys.exit(1)
f=s.makefile("rb")
while True:
    try: l=input("Clé : ")
    except EOFError: break
    if l.lower()=="quit": break
    try:
        s.sendall((l+"\n").encode())
        r=f.readline()
    except OSError as e:
        print("Erreur :",e,file=sys.stderr); sys.exit(2)
    if not r.endswith(b"\n"):
        if l=="FIN": break
        print("Serveur parti",file=sys.stderr); sys.exit(2)
    if not r.startswith(b"ERR"): print("Réponse :",r.decode(errors="replace").rstrip("\n"))
    if l=="FIN": break
s.close()
