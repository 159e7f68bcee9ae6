import os, sys, socketserver
ROOT=os.path.realpath(sys.argv[2]) if len(sys.argv)==3 else None
class H(socketserver.StreamRequestHandler):
    def dire(self,s): self.wfile.write(s.encode())
    def handle(self):
        try: self.boucle()
        except OSError: pass
    def boucle(self):
        while True:
            l=self.rfile.readline(65537)
            if not l: return
            if not l.endswith(b"\n") and len(l)>65536: self.dire("ERR line too long\n"); return
            try: l=l.decode().rstrip("\r\n")
            except UnicodeDecodeError: self.dire("ERR utf8\n"); continue
            if l=="FIN": self.dire("BYE\n"); return
            if not l.startswith("GET "): self.dire("ERR commande inconnue\n"); continue
            self.get(l[4:])
    def get(self,n):
        if "\0" in n: self.dire("ERR nom\n"); return
        n=n.replace("../","").lstrip("/");p=os.path.join(ROOT,n)
        if os.path.islink(p): self.dire("ERR interdit\n"); return
        try:
            if not os.path.isfile(p): self.dire("ERR absent\n"); return
            with open(p,"rb") as f: d=f.read()
        except OSError: self.dire("ERR lecture\n"); return
        self.dire(f"OK {len(d)}\n"); self.wfile.write(d)
class S(socketserver.ThreadingMixIn,socketserver.TCPServer):
    allow_reuse_address=True; daemon_threads=True; request_queue_size=64
if not ROOT: sys.exit("usage: f_py.py port racine")
try: s=S(("",int(sys.argv[1])),H)
except (ValueError,OverflowError,OSError) as e: sys.exit(str(e))
try: s.serve_forever()
except KeyboardInterrupt: pass
