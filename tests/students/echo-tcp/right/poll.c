#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <errno.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define MAXC 4096
#define TAILLE 4096

struct client {
    char buf[TAILLE];
    int debut, fin;
};

static struct pollfd fds[MAXC + 1];
static struct client *cl[MAXC + 1];
static int nb = 1;

static void retirer(int i)
{
    close(fds[i].fd);
    free(cl[i]);
    nb--;
    fds[i] = fds[nb];
    cl[i] = cl[nb];
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s port\n", argv[0]);
        return 1;
    }
    int port = atoi(argv[1]);
    if ((port <= 0 && strcmp(argv[1], "0") != 0) || port > 65535) {
        fprintf(stderr, "%s: bad port\n", argv[1]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    int s = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons(port) };
    if (bind(s, (struct sockaddr *)&addr, sizeof(addr)) || listen(s, 128)) {
        perror(argv[1]);
        return 1;
    }
    fds[0].fd = s;
    for (;;) {
        fds[0].events = nb <= MAXC ? POLLIN : 0;
        if (poll(fds, nb, -1) < 0)
            continue;
        for (int i = nb - 1; i > 0; i--) {
            struct client *c = cl[i];
            if (!fds[i].revents)
                continue;
            if (c->debut < c->fin) {
                int n = write(fds[i].fd, c->buf + c->debut, c->fin - c->debut);
                if (n < 0) {
                    if (errno != EAGAIN && errno != EINTR)
                        retirer(i);
                    continue;
                }
                c->debut += n;
            } else {
                int n = read(fds[i].fd, c->buf, TAILLE);
                if (n < 0 && (errno == EAGAIN || errno == EINTR))
                    continue;
                if (n <= 0) {
                    retirer(i);
                    continue;
                }
                c->fin = n;
                c->debut = write(fds[i].fd, c->buf, n);
                if (c->debut < 0) {
                    c->debut = 0;
                    if (errno != EAGAIN && errno != EINTR) {
                        retirer(i);
                        continue;
                    }
                }
            }
            fds[i].events = c->debut < c->fin ? POLLOUT : POLLIN;
        }
        if (fds[0].revents & POLLIN) {
            int c = accept4(s, NULL, NULL, SOCK_NONBLOCK);
            if (c >= 0) {
                fds[nb].fd = c;
                fds[nb].events = POLLIN;
                fds[nb].revents = 0;
                cl[nb] = calloc(1, sizeof(struct client));
                nb++;
            }
        }
    }
}
