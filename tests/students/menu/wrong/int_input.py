# int(input()) sans rien rattraper.
while True:
    print("1. Local\n2. A distance\n9. Quitter")
    choix = int(input("Choix : "))
    if choix == 9:
        break
    if choix in (1, 2):
        print("Lancement", choix)
    else:
        print("Choix invalide")
