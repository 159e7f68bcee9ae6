/* one byte at a time, by hand: no htonl */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char **argv)
{
    struct sockaddr_in6 a;
    int s, c, i, un = 1;
    if (argc != 2) {
        fprintf(stderr, "usage: %s port\n", argv[0]);
        exit(1);
    }
    s = socket(AF_INET6, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    memset(&a, 0, sizeof a);
    a.sin6_family = AF_INET6;
    a.sin6_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&a, sizeof a) == -1) {
        perror("bind");
        exit(1);
    }
    listen(s, 1);
    while ((c = accept(s, 0, 0)) != -1) {
        unsigned long t = time(0) + 2208988800UL;
        for (i = 24; i >= 0; i -= 8) {
            unsigned char b = t >> i;
            if (send(c, &b, 1, MSG_NOSIGNAL) != 1)
                break;
        }
        close(c);
    }
    return 0;
}
