/* Affiche les lignes recues ; printf sans fflush : sur un terminal, cela se voit. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX 66000

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "Usage: %s port\n", argv[0]);
        return 1;
    }
    int s = socket(AF_INET, SOCK_STREAM, 0), un = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    printf("J'attends...\n");
    for (;;) {
        struct sockaddr_in c;
        socklen_t l = sizeof c;
        int n = accept(s, (struct sockaddr *)&c, &l);
        if (n < 0)
            continue;
        FILE *f = fdopen(n, "r");
        char ligne[MAX];
        while (fgets(ligne, sizeof ligne, f) != NULL) {
            ligne[strcspn(ligne, "\n")] = 0;
            printf("[%s:%d] %s\n", inet_ntoa(c.sin_addr), ntohs(c.sin_port), ligne);
        }
        fclose(f);
        printf("Client parti.\n");
    }
}
