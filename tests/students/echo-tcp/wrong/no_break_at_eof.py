import socket, sys, threading

def client_thread(conn):
    while 1:
        data = conn.recv(1024)
        conn.sendall(data)

sock = socket.socket()
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock.bind(("", int(sys.argv[1])))
sock.listen(5)
while 1:
    conn, addr = sock.accept()
    threading.Thread(target=client_thread, args=(conn,), daemon=True).start()
