#!/usr/bin/env python3
import argparse
import socket
import sys

parser = argparse.ArgumentParser(description="client de fichiers")
parser.add_argument("host")
parser.add_argument("port", type=int)
args = parser.parse_args()


class Perdu(Exception):
    pass


def lire_ligne(flux):
    ligne = flux.readline()
    if not ligne.endswith(b"\n"):
        raise Perdu("connexion fermée par le serveur")
    return ligne.decode("utf-8", "replace").rstrip("\r\n")


def main():
    with socket.create_connection((args.host, args.port)) as sock, sock.makefile("rwb") as flux:
        while True:
            print("fichiers> ", end="", flush=True)
            commande = sys.stdin.readline()
            if not commande or commande.strip().lower() == "quit":
                flux.write(b"FIN\n")
                flux.flush()
                print(lire_ligne(flux))
                return
            flux.write(commande.encode())
            flux.flush()
            statut = lire_ligne(flux)
            if commande.startswith("GET ") and statut.startswith("OK "):
                taille = int(statut[3:])
                contenu = flux.read(taille)
                if len(contenu) < taille:
                    raise Perdu(f"{taille} octets attendus, {len(contenu)} reçus")
                print(f"--- {taille} octets")
                sys.stdout.flush()
                sys.stdout.buffer.write(contenu)
                sys.stdout.buffer.flush()
                print("---")
            else:
                print(statut)
            if commande.strip() == "FIN":
                return


try:
    main()
except (Perdu, OSError, OverflowError, ValueError) as erreur:
    sys.exit(f"erreur : {erreur}")
