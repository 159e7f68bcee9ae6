import asyncio
import sys


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        self.transport.sendto(data, addr)


async def main(port):
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", port))
    await asyncio.Event().wait()


try:
    asyncio.run(main(int(sys.argv[1])))
except IndexError:
    print("usage : asyncio_protocol.py PORT", file=sys.stderr)
    sys.exit(2)
except KeyboardInterrupt:
    pass
