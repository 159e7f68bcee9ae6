#!/usr/bin/env python3
"""Between servers, ASK <n> <key>: n servers have seen it. No path is needed: the count ends a ring, too."""
import asyncio
import sys

LIMIT = 4


async def ask(peer, seen, key):
    host, port = peer.split(":")
    reader, writer = await asyncio.wait_for(asyncio.open_connection(host, int(port)), 1.5)
    try:
        writer.write(f"ASK {seen} {key}\n".encode())
        return (await asyncio.wait_for(reader.readline(), 1.5)).decode().strip()
    finally:
        writer.close()


async def answer(line):
    seen, key = 1, line
    if line.startswith("ASK "):
        _, number, key = line.split(" ", 2)
        seen = int(number)
    if key in TABLE:
        return f"value={TABLE[key]}"
    if not PEER or seen >= LIMIT:
        return "not found"
    try:
        return await ask(PEER, seen + 1, key) or "no answer from the peer"
    except (OSError, asyncio.TimeoutError):
        return "peer down"


async def client(reader, writer):
    try:
        while line := await reader.readline():
            text = line.decode("utf-8", "replace").strip()
            if text == "FIN":
                break
            try:
                writer.write((await answer(text) + "\n").encode())
            except ValueError:
                writer.write(b"what?\n")
            await writer.drain()
    except (ConnectionError, ValueError):
        pass
    finally:
        writer.close()


async def main(port):
    server = await asyncio.start_server(client, "127.0.0.1", port, limit=70000)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        port, PEER, file = int(sys.argv[1]), sys.argv[2], sys.argv[3]
        with open(file, encoding="utf-8") as f:
            TABLE = dict(line.rstrip("\n").split("\t") for line in f)
        asyncio.run(main(port))
    except (IndexError, ValueError, OverflowError, OSError) as e:
        sys.exit(f"usage: hops_in_key.py port peer data ({e})")
    except KeyboardInterrupt:
        pass
