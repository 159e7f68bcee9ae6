#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    if (argc < 3) {
        fprintf(stderr, "Usage: %s host port\n", argv[0]);
        exit(EXIT_FAILURE);
    }
    struct addrinfo h = { .ai_socktype = SOCK_STREAM }, *a;
    int e = getaddrinfo(argv[1], argv[2], &h, &a);
    if (e) {
        fprintf(stderr, "%s\n", gai_strerror(e));
        exit(EXIT_FAILURE);
    }
    int s = socket(a->ai_family, SOCK_STREAM, 0);
    if (connect(s, a->ai_addr, a->ai_addrlen) == -1) {
        perror("connect");
        exit(EXIT_FAILURE);
    }
    struct pollfd p[2] = { { 0, POLLIN, 0 }, { s, POLLIN, 0 } };
    char t[4096];
    while (poll(p, 2, -1) > 0) {
        if (p[1].revents) {
            ssize_t n = read(s, t, sizeof t);
            if (n <= 0)
                return 0;
            write(1, t, n);
        }
        if (p[0].revents) {
            ssize_t n = read(0, t, sizeof t);
            if (n <= 0)
                return 0;
            if (send(s, t, n, MSG_NOSIGNAL) == -1)
                return 1;
        }
    }
}
