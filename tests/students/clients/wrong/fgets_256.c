/* One mistake: the answer is read into 256 bytes, and a longer one is shown in pieces, one a request. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "Usage : %s <ip> <port>\n", argv[0]);
        return 1;
    }
    struct addrinfo indices = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV }, *adresse;
    if (getaddrinfo(argv[1], argv[2], &indices, &adresse) != 0 || atoi(argv[2]) > 65535) {
        fprintf(stderr, "adresse incorrecte\n");
        return 1;
    }
    int s = socket(adresse->ai_family, SOCK_STREAM, 0);
    if (s < 0 || connect(s, adresse->ai_addr, adresse->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    FILE *serveur = fdopen(s, "r");
    char *ligne = NULL, reponse[256];
    size_t place = 0;
    ssize_t n;
    while ((n = getline(&ligne, &place, stdin)) > 0) {
        if (strcasecmp(ligne, "quit\n") == 0 || strcasecmp(ligne, "quit") == 0)
            break;
        if (send(s, ligne, n, MSG_NOSIGNAL) < 0 || fgets(reponse, sizeof reponse, serveur) == NULL) {
            fprintf(stderr, "le serveur est parti\n");
            return 1;
        }
        printf("%s", reponse);
        fflush(stdout);
    }
    return 0;
}
