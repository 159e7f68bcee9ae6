import asyncio
import sys

DATA = {"fa": "sill", "mi": "lion", "li": "nez"}


async def handle(reader, writer):
    try:
        while line := await reader.readline():
            key = line.decode(errors="replace").strip()
            if key == "FIN":
                writer.write(b"BYE\n")
            elif key in DATA:
                writer.write(f"OK {DATA[key]}\n".encode())
            else:
                writer.write(b"ERR unknown key\n")
            await writer.drain()
    except (ValueError, ConnectionError):
        pass
    writer.close()


async def main():
    await (await asyncio.start_server(handle, "", int(sys.argv[1]))).serve_forever()

asyncio.run(main())
