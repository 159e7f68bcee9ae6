/* « quit » part comme une clé, et le dialogue continue. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    if (argc != 3 || atoi(argv[2]) <= 0 || atoi(argv[2]) > 65535) {
        fprintf(stderr, "usage: %s ip port\n", argv[0]);
        return 1;
    }
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[2])) };
    inet_pton(AF_INET, argv[1], &a.sin_addr);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("connect");
        return 1;
    }
    FILE *serveur = fdopen(s, "r");
    char ligne[4096];
    while (fgets(ligne, sizeof ligne, stdin) != NULL) {
        if (send(s, ligne, strlen(ligne), MSG_NOSIGNAL) < 0 || fgets(ligne, sizeof ligne, serveur) == NULL
            || strchr(ligne, '\n') == NULL) {
            fprintf(stderr, "serveur parti\n");
            return 1;
        }
        printf("%s", ligne);
        fflush(stdout);
    }
    return 0;
}
