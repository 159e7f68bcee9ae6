import asyncio
import codecs
import sys


async def client(reader, writer):
    decodeur = codecs.getincrementaldecoder("utf-8")(errors="replace")
    try:
        while True:
            data = await reader.read(4096)
            writer.write(decodeur.decode(data, final=not data).upper().encode())
            await writer.drain()
            if not data:
                break
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main(port):
    serveur = await asyncio.start_server(client, None, port, reuse_address=True)
    async with serveur:
        await serveur.serve_forever()


if len(sys.argv) != 2:
    print("usage: python3", sys.argv[0], "PORT", file=sys.stderr)
    sys.exit(1)
try:
    asyncio.run(main(int(sys.argv[1])))
except KeyboardInterrupt:
    print("Bye")
