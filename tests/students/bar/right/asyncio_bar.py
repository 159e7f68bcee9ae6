import asyncio
import sys


async def servir(lecteur, redacteur):
    try:
        while True:
            message = await lecteur.read(1024)
            if not message:
                break
            texte = message.decode(errors="ignore")
            redacteur.write(f"vous m'avez demandé : {texte}, c'est bien reçu 5 / 5".encode())
            await redacteur.drain()
            if texte.strip() == "fin":
                break
    except ConnectionError:
        pass
    finally:
        redacteur.close()


async def main():
    serveur = await asyncio.start_server(servir, "0.0.0.0", int(sys.argv[1]))
    async with serveur:
        await serveur.serve_forever()


if len(sys.argv) != 2:
    sys.exit("usage : asyncio_bar.py PORT")
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("Bye")
except (OSError, ValueError, OverflowError) as e:
    sys.exit(str(e))
