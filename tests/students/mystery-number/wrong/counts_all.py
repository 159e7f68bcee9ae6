import socket, sys, random, threading
N,K=100,7
essais=0
def jeu(c):
    with c:
        try: partie(c)
        except OSError: pass
def lire(f):
    l=f.readline(65538)
    if len(l)>65537: raise OSError("ligne trop longue")
    return l
def partie(c):
    f=c.makefile("rb"); secret=random.randint(1,N)
    c.sendall(f"Devinez un nombre entre 1 et {N}, vous avez {K} essais\n".encode())
    global essais;essais=0
    while True:
        l=lire(f)
        if not l: return
        try: g=int(l)
        except ValueError: c.sendall("Ce n'est pas un nombre\n".encode()); continue
        essais+=1
        if g==secret: c.sendall("Bravo, trouvé !\n".encode()); return
        if essais==K: c.sendall(f"Perdu, c'était {secret}\n".encode()); return
        c.sendall(("C'est plus grand\n" if secret>g else "C'est plus petit\n").encode())
def main():
    if len(sys.argv)!=2: sys.exit("usage")
    try: s=socket.create_server(("",int(sys.argv[1])))
    except (ValueError,OverflowError,OSError) as e: sys.exit(str(e))
    while True:
        c,_=s.accept(); threading.Thread(target=jeu,args=(c,),daemon=True).start()
try: main()
except KeyboardInterrupt: pass
