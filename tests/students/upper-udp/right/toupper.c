#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[])
{
    struct sockaddr_in adresse_serveur, adresse_client;
    socklen_t taille;
    static unsigned char buf[65507];
    int numero_port, sock;
    char suite;
    ssize_t n;

    if (argc != 2 || sscanf(argv[1], "%d%c", &numero_port, &suite) != 1
        || numero_port < 0 || numero_port > 65535) {
        fprintf(stderr, "Usage: %s <port>\n", argv[0]);
        exit(1);
    }
    if ((sock = socket(AF_INET, SOCK_DGRAM, 0)) == -1) {
        perror("socket");
        exit(1);
    }
    memset(&adresse_serveur, 0, sizeof adresse_serveur);
    adresse_serveur.sin_family = AF_INET;
    adresse_serveur.sin_addr.s_addr = INADDR_ANY;
    adresse_serveur.sin_port = htons(numero_port);
    if (bind(sock, (struct sockaddr *)&adresse_serveur, sizeof adresse_serveur) == -1) {
        perror("bind");
        exit(1);
    }
    for (;;) {
        taille = sizeof adresse_client;
        n = recvfrom(sock, buf, sizeof buf, 0, (struct sockaddr *)&adresse_client, &taille);
        if (n == -1)
            continue;
        for (ssize_t i = 0; i < n; i++)
            buf[i] = toupper(buf[i]);
        sendto(sock, buf, n, 0, (struct sockaddr *)&adresse_client, taille);
    }
}
