#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>

static char tampon[65536];

int main(int argc, char *argv[])
{
    struct sockaddr_in moi, lui;
    socklen_t l;
    int sock, n;
    char *reste;

    if (argc != 2) {
        fprintf(stderr, "Usage: %s <port>\n", argv[0]);
        return 1;
    }
    long port = strtol(argv[1], &reste, 10);
    if (reste == argv[1] || *reste != '\0' || port < 0 || port > 65535) {
        fprintf(stderr, "Mauvais port %s\n", argv[1]);
        return 1;
    }
    if ((sock = socket(AF_INET, SOCK_DGRAM, 0)) == -1) {
        perror("socket");
        return 1;
    }
    memset(&moi, 0, sizeof(moi));
    moi.sin_family = AF_INET;
    moi.sin_addr.s_addr = INADDR_ANY;
    moi.sin_port = htons((unsigned short)port);
    if (bind(sock, (struct sockaddr *)&moi, sizeof(moi)) == -1) {
        perror("bind");
        return 1;
    }
    while (1) {
        l = sizeof(lui);
        n = recvfrom(sock, tampon, sizeof(tampon), 0, (struct sockaddr *)&lui, &l);
        if (n < 0) {
            perror("recvfrom");
            continue;
        }
        if (sendto(sock, tampon, n, 0, (struct sockaddr *)&lui, l) < 0)
            perror("sendto");
    }
}
