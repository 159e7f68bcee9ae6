/* Menu en C : printf sans fflush, fgets, strtol. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char ligne[1024];
    for (;;) {
        printf("\n=== MENU ===\n");
        printf("[1] Serveur d'echo\n[2] Client d'echo\n[0] Quitter\n> ");
        if (fgets(ligne, sizeof ligne, stdin) == NULL)
            return 0;
        char *fin;
        long choix = strtol(ligne, &fin, 10);
        if (fin == ligne || (*fin != '\n' && *fin != 0)) {
            printf("Je n'ai pas compris.\n");
            continue;
        }
        switch (choix) {
        case 0:
            return 0;
        case 1:
        case 2:
            printf("Application %ld\n", choix);
            break;
        default:
            printf("Pas de choix %ld.\n", choix);
        }
    }
}
