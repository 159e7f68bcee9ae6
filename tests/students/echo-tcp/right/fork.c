#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <signal.h>
#include <errno.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define BUF 1024

static int ecrire_tout(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t k = write(fd, p, n);
        if (k < 0) {
            if (errno == EINTR) continue;
            return -1;
        }
        p += k;
        n -= k;
    }
    return 0;
}

static void service(int fd)
{
    char buf[BUF];
    ssize_t n;
    while ((n = read(fd, buf, BUF)) > 0)
        if (ecrire_tout(fd, buf, n) < 0)
            break;
    close(fd);
}

int main(int argc, char **argv)
{
    int s, c, un = 1;
    struct sockaddr_in a;
    char *fin;

    if (argc != 2) {
        fprintf(stderr, "Usage : %s <port>\n", argv[0]);
        exit(1);
    }
    long port = strtol(argv[1], &fin, 10);
    if (*fin || port < 0 || port > 65535) {
        fprintf(stderr, "port invalide : %s\n", argv[1]);
        exit(1);
    }
    signal(SIGCHLD, SIG_IGN);

    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_ANY);
    a.sin_port = htons(port);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        exit(2);
    }
    listen(s, 5);
    for (;;) {
        c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        switch (fork()) {
        case -1:
            perror("fork");
            break;
        case 0:
            close(s);
            service(c);
            exit(0);
        }
        close(c);
    }
}
