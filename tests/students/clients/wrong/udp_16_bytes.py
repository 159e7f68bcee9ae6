import socket,sys,time
if len(sys.argv)!=3:
    print("Usage: %s hote port"%sys.argv[0],file=sys.stderr); sys.exit(1)
try:
    port=int(sys.argv[2])
    assert 0<port<65536
except (ValueError,AssertionError):
    print("port invalide",file=sys.stderr); sys.exit(1)
while True:
    try: l=input("Message : ")
    except EOFError: break
    if l.lower()=="quit": break
    s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)
    s.connect((sys.argv[1],port))
    s.settimeout(2)
    ok=False
    for essai in range(3):
        try:
            s.send(l.encode())
            r=s.recv(16)
            ok=True
            break
        except socket.timeout:
            print("pas de réponse, je renvoie",file=sys.stderr)
        except ConnectionRefusedError:
            print("personne n'écoute",file=sys.stderr); sys.exit(2)
    s.close()
    if ok: print("Réponse =",r.decode(errors="replace"))
    else: print("Abandon : le serveur ne répond pas")
