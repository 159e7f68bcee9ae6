import os
import queue
import signal
import socket
import sys
import threading

if len(sys.argv) < 2:
    sys.exit("usage: server.py PORT")
try:
    server = socket.create_server(("", int(sys.argv[1])))
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
signal.signal(signal.SIGINT, lambda *_: os._exit(0))
conn, _ = server.accept()
server.close()
lines = queue.Queue()


def listen():
    with conn.makefile("r", encoding="utf-8", errors="replace", newline="\n") as f:
        try:
            for line in f:
                lines.put(line.rstrip("\n"))
        except OSError:
            pass
    # une ligne peut attendre encore d'être affichée
    os._exit(0) if lines.empty() else lines.put(None)


threading.Thread(target=listen, daemon=True).start()
while True:
    line = lines.get()
    if line is None:
        os._exit(0)
    print(line, flush=True)
    try:
        answer = input()
    except EOFError:
        os._exit(0)
    conn.sendall(answer.encode() + b"\n")
