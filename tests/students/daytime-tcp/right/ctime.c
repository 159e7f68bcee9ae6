#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define USAGE "Usage:%s port\n"

int main(int argc, char *argv[])
{
    int sfd, cfd, on = 1;
    struct sockaddr_in saddr;
    time_t t;
    char *d, *fin;
    long port;

    if (argc != 2) {
        (void)fprintf(stderr, USAGE, argv[0]);
        exit(64);
    }
    port = strtol(argv[1], &fin, 10);
    if (*fin || port < 0 || port > 65535) {
        (void)fprintf(stderr, USAGE, argv[0]);
        exit(64);
    }
    if ((sfd = socket(PF_INET, SOCK_STREAM, IPPROTO_TCP)) < 0) {
        perror("socket");
        exit(71);
    }
    (void)setsockopt(sfd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    memset(&saddr, 0, sizeof saddr);
    saddr.sin_family = AF_INET;
    saddr.sin_port = htons(port); /* Attention au NBO ! */
    saddr.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(sfd, (struct sockaddr *)&saddr, sizeof saddr) < 0) {
        perror("bind");
        exit(71);
    }
    if (listen(sfd, 5) < 0) {
        perror("listen");
        exit(71);
    }
    for (;;) {
        if ((cfd = accept(sfd, NULL, NULL)) < 0) {
            perror("accept");
            continue;
        }
        t = time(NULL);
        d = ctime(&t);
        (void)send(cfd, d, strlen(d), MSG_NOSIGNAL);
        (void)close(cfd);
    }
}
