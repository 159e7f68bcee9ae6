import socket,sys
if len(sys.argv)!=3:
    print("Usage: %s hote port"%sys.argv[0],file=sys.stderr); sys.exit(1)
try: s=socket.create_connection((sys.argv[1],int(sys.argv[2])))
except (OSError,ValueError,OverflowError) as e:
    print("Erreur de connexion :",e,file=sys.stderr); sys.exit(1)
for l in sys.stdin:
    l=l.rstrip("\n")
    if l.lower()=="quit": break
    try: s.sendall((l+"\n").encode())
    except OSError as e: print("serveur parti",e,file=sys.stderr); sys.exit(1)
s.shutdown(socket.SHUT_WR)
s.close()
