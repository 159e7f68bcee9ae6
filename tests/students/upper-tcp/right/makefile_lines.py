import socket
import sys
import threading


def dialogue(conn):
    with conn, conn.makefile("rb") as f:
        try:
            while True:
                ligne = f.readline(4096)
                if not ligne:
                    break
                conn.sendall(ligne.upper())
        except OSError:
            pass


def main():
    if len(sys.argv) != 2:
        print("Usage: makefile_lines.py port", file=sys.stderr)
        return 1
    with socket.create_server(("", int(sys.argv[1]))) as srv:
        while True:
            threading.Thread(target=dialogue, args=(srv.accept()[0],), daemon=True).start()


sys.exit(main())
