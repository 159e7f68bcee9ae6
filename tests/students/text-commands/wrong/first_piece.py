import socket, sys, time
def main():
    if len(sys.argv)<2: print("usage: t_py.py port",file=sys.stderr); return 1
    try: port=int(sys.argv[1]); assert 0<=port<65536
    except (ValueError,AssertionError): print("port invalide",file=sys.stderr); return 1
    s=socket.socket(); s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1)
    try: s.bind(('',port))
    except OSError as e: print(e,file=sys.stderr); return 1
    s.listen(1)
    c,a=s.accept()
    print("client",a)
    buf=b""
    c.sendall("Bienvenue ! Commandes : UPPER, LOWER, DATENOW\n".encode())
    while True:
        try: d=c.recv(1024)
        except ConnectionError: break
        if not d: break
        buf+=d
        try:
            while b"\n" in buf:
                l,buf=buf.split(b"\n",1)
                c.sendall(("Réponse : "+traite(l.rstrip(b"\r"))+"\n").encode())
            print("dernière commande :",l.decode("utf-8","replace"))
            if len(buf)>65536: c.sendall(b"trop long\n"); break
        except ConnectionError: break
    c.close()
    return 0
def traite(l):
    try: l=l.decode()
    except UnicodeDecodeError: return "texte invalide"
    cmd,_,arg=l.partition(" ")
    if cmd=="UPPER": return arg.upper()
    if cmd=="LOWER": return arg.lower()
    if cmd=="DATENOW": return time.strftime("%d/%m/%Y %H:%M:%S")
    return "commande inconnue"
try: sys.exit(main())
except KeyboardInterrupt: print("Bye")
