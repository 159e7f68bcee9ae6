#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TAILLE 1025

int main(int argc, char *argv[])
{
    struct sockaddr_in a;
    char msg[TAILLE], rep[TAILLE + 64], *reste;
    int s, c, n, oui = 1;
    long port;

    if (argc != 2) {
        fprintf(stderr, "Usage : %s port\n", argv[0]);
        return 1;
    }
    port = strtol(argv[1], &reste, 10);
    if (*reste || port < 0 || port > 65535) {
        fprintf(stderr, "%s : mauvais port\n", argv[1]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &oui, sizeof oui);
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_ANY);
    a.sin_port = htons(port);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 5) < 0) {
        perror("bind");
        return 1;
    }
    for (;;) {
        if ((c = accept(s, NULL, NULL)) < 0)
            continue;
        while ((n = recv(c, msg, TAILLE - 1, 0)) > 0) {
            msg[n] = '\0';
            printf("Commande : %s\n", msg);
            sprintf(rep, "Vous m'avez demandé : %s... Bien reçu, 5/5 !\n", msg);
            send(c, rep, strlen(rep), 0);
            if (strcmp(msg, "fin") == 0 || strcmp(msg, "fin\n") == 0)
                break;
        }
        close(c);
    }
}
