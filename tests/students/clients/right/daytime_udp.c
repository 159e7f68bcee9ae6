#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    if (argc != 3) {
        fprintf(stderr, "Usage: %s adresse_du_serveur port\n", argv[0]);
        exit(64);
    }
    char *end;
    long port = strtol(argv[2], &end, 10);
    if (*end != '\0' || port < 1 || port > 65535) {
        fprintf(stderr, "mauvais port : %s\n", argv[2]);
        exit(64);
    }
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(port)};
    server.sin_addr.s_addr = inet_addr(argv[1]);
    int sock = socket(PF_INET, SOCK_DGRAM, 0);
    struct timeval limit = {.tv_sec = 2};
    setsockopt(sock, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (connect(sock, (struct sockaddr *)&server, sizeof server) < 0) {
        perror("connect");
        exit(71);
    }
    for (int attempt = 0; attempt < 3; attempt++) {
        char buffer[1025];
        ssize_t n = -1;
        if (send(sock, "", 1, 0) >= 0)
            n = recv(sock, buffer, sizeof buffer - 1, 0);
        if (n >= 0) {
            buffer[n] = '\0';
            printf("Date(%s) = %s\n", argv[1], buffer);
            exit(0);
        }
    }
    fprintf(stderr, "pas de reponse\n");
    exit(69);
}
