/* Deux fautes d'un même oubli : ni délai, ni vérification de l'expéditeur. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    if (argc != 3 || atoi(argv[2]) <= 0 || atoi(argv[2]) > 65535) {
        fprintf(stderr, "usage\n");
        return 1;
    }
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[2])) };
    inet_pton(AF_INET, argv[1], &a.sin_addr);
    char ligne[1024], recu[1025];
    while (fgets(ligne, sizeof ligne, stdin)) {
        ligne[strcspn(ligne, "\n")] = 0;
        if (strcasecmp(ligne, "quit") == 0)
            break;
        sendto(s, ligne, strlen(ligne), 0, (struct sockaddr *)&a, sizeof a);
        ssize_t n = recvfrom(s, recu, 1024, 0, NULL, NULL);
        if (n < 0) {
            perror("recvfrom");
            return 1;
        }
        recu[n] = 0;
        printf("%s\n", recu);
        fflush(stdout);
    }
    return 0;
}
