import asyncio
import sys


class Poubelle(asyncio.Protocol):
    def data_received(self, data):
        pass


async def main(port):
    serveur = await asyncio.get_running_loop().create_server(Poubelle, None, port)
    await serveur.serve_forever()


if len(sys.argv) != 2:
    sys.exit("usage: asyncio_protocol.py PORT")
asyncio.run(main(int(sys.argv[1])))
