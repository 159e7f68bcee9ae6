import asyncio
import sys
import time


class Protocole(asyncio.Protocol):
    def connection_made(self, transport):
        self.t = transport
        self.tampon = bytearray()

    def data_received(self, data):
        self.tampon += data
        while (i := self.tampon.find(b"\n")) >= 0:
            ligne = bytes(self.tampon[:i]).removesuffix(b"\r")
            del self.tampon[: i + 1]
            self.ligne(ligne.decode("utf-8", "replace"))

    def ligne(self, ligne):
        mot, _, texte = ligne.partition(" ")
        if mot == "UPPER":
            r = texte.upper()
        elif mot == "LOWER":
            r = texte.lower()
        elif mot == "DATENOW":
            r = str(int(time.time()))
        else:
            r = "ERR commande inconnue"
        self.t.write(r.encode() + b"\n")


async def main():
    loop = asyncio.get_running_loop()
    s = await loop.create_server(Protocole, "", int(sys.argv[1]))
    await s.serve_forever()

asyncio.run(main())
