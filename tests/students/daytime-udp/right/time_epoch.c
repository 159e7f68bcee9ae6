#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    struct sockaddr_in6 a, client;
    int s, non = 0;
    char *fin, rien[1], texte[32];
    long port;

    if (argc != 2) {
        fprintf(stderr, "Usage: %s <port>\n", argv[0]);
        return 1;
    }
    port = strtol(argv[1], &fin, 10);
    if (fin == argv[1] || *fin || port < 0 || port > 65535) {
        fprintf(stderr, "%s: port invalide\n", argv[1]);
        return 1;
    }
    s = socket(AF_INET6, SOCK_DGRAM, 0);
    setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &non, sizeof non);
    memset(&a, 0, sizeof a);
    a.sin6_family = AF_INET6;
    a.sin6_port = htons(port);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    for (;;) {
        socklen_t l = sizeof client;
        if (recvfrom(s, rien, sizeof rien, 0, (struct sockaddr *)&client, &l) < 0)
            continue;
        sprintf(texte, "%ld\n", (long)time(NULL));
        sendto(s, texte, strlen(texte), 0, (struct sockaddr *)&client, l);
    }
}
