import asyncio
import sys
import time


def traiter(requete):
    commande, espace, texte = requete.partition(" ")
    match commande:
        case "UPPER":
            return texte.upper()
        case "LOWER":
            return texte.lower()
        case "DATENOW":
            return str(time.time())
        case _:
            return "commande inconnue"


async def session(reader, writer):
    try:
        while ligne := await reader.readline():
            ligne = ligne.removesuffix(b"\n").removesuffix(b"\r")
            try:
                reponse = traiter(ligne.decode())
            except UnicodeDecodeError:
                reponse = "erreur, texte illisible"
            writer.write(f"Réponse : {reponse}\n".encode())
            await writer.drain()
    except ValueError:
        writer.write("Réponse : ligne trop longue\n".encode())
    except ConnectionError:
        print("client parti")
    finally:
        writer.close()


async def main():
    serveur = await asyncio.start_server(session, "0.0.0.0", int(sys.argv[1]))
    async with serveur:
        await serveur.serve_forever()


if len(sys.argv) < 2:
    print("Il manque le port", file=sys.stderr)
    sys.exit(1)
try:
    asyncio.run(main())
except KeyboardInterrupt:
    print("Bye")
