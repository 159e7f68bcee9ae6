/* scanf("%d") ne lit jamais les lettres : la boucle tourne sans fin. */
#include <stdio.h>

int main(void)
{
    int choix = 0;
    for (;;) {
        printf("1. Local\n2. A distance\n9. Quitter\nChoix : ");
        scanf("%d", &choix);
        if (choix == 9)
            return 0;
        if (choix != 1 && choix != 2)
            printf("Choix invalide\n");
    }
}
