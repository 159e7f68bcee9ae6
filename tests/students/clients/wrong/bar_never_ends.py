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

print(); print("Connexion établie avec le serveur sur le port {}".format(port)); print()
m=b""
try:
    while True:
        try: m=input("> ")
        except EOFError: break
        if m.lower()=="quit": break
        m=m.encode()
        s.send(m)
        r=s.recv(2048)
        if not r: print("Le serveur a fermé"); sys.exit(1)
        print(r.decode(errors="replace"))
except OSError as e: print("erreur",e); sys.exit(1)
print("Fermeture de la connexion"); s.close()
