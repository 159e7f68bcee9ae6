# Menu de rendu : chaque application se lance d'ici.
applications = {
    "1": "Une application 1client/1serveur en local",
    "2": "Une application 1client/1serveur a distance",
    "3": "Une application 1client/1serveur en local avec service de donnees <k,v>",
}

while True:
    print("*** Travaux realises par Mah Ray Chasles, DUT Info 2021/2022 ***")
    print("Choisissez l'application que vous voulez tester, et laissez-vous guider")
    for numero, titre in applications.items():
        print(f"{numero}. {titre}")
    print("9. Quitter")
    try:
        choix = input("Votre choix : ").strip()
    except EOFError:
        print()
        break
    if choix == "9":
        print("Au revoir")
        break
    if choix in applications:
        print("Lancement de", applications[choix])
    else:
        print("Choix invalide :", choix)
