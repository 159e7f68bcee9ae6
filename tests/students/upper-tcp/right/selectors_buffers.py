import selectors
import socket
import sys

if len(sys.argv) < 2:
    print("port manquant. Usage : selectors_buffers.py <port>", file=sys.stderr)
    sys.exit(1)

sel = selectors.DefaultSelector()
attente = {}


def accepter(serveur):
    try:
        conn, _ = serveur.accept()
    except OSError:
        return
    conn.setblocking(False)
    attente[conn] = b""
    sel.register(conn, selectors.EVENT_READ, servir)


def fermer(conn):
    sel.unregister(conn)
    del attente[conn]
    conn.close()


def servir(conn):
    try:
        if not attente[conn]:
            data = conn.recv(8192)
            if not data:
                fermer(conn)
                return
            attente[conn] = data.upper()
        n = conn.send(attente[conn])
        attente[conn] = attente[conn][n:]
    except BlockingIOError:
        pass
    except OSError:
        fermer(conn)
        return
    sel.modify(conn, selectors.EVENT_WRITE if attente[conn] else selectors.EVENT_READ, servir)


serveur = socket.create_server(("", int(sys.argv[1])), backlog=100)
serveur.setblocking(False)
sel.register(serveur, selectors.EVENT_READ, accepter)
while True:
    for cle, _ in sel.select():
        cle.data(cle.fileobj)
