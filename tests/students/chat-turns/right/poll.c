/* À tour de rôle ; pendant le clavier, poll regarde aussi la connexion. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char recu[1 << 17];
static size_t plein;
static int s;

static void lire(void)
{
    if (plein == sizeof recu)
        exit(1);                                  /* une ligne sans fin */
    ssize_t n = recv(s, recu + plein, sizeof recu - plein, 0);
    if (n <= 0)
        exit(0);
    plein += n;
}

int main(int argc, char **argv)
{
    char *fin;
    long port = argc == 2 ? strtol(argv[1], &fin, 10) : 0;
    if (argc != 2 || *fin || port < 1 || port > 65535) {
        fprintf(stderr, "usage: %s port\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    int e = socket(AF_INET, SOCK_STREAM, 0), un = 1;
    setsockopt(e, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
    if (bind(e, (struct sockaddr *)&a, sizeof a) < 0 || listen(e, 1) < 0) {
        perror("bind");
        return 1;
    }
    s = accept(e, NULL, NULL);
    close(e);
    for (;;) {
        char *nl;
        while ((nl = memchr(recu, '\n', plein)) == NULL)
            lire();
        size_t taille = nl - recu + 1;
        printf("[recu] ");
        fwrite(recu, 1, taille, stdout);
        fflush(stdout);
        memmove(recu, recu + taille, plein -= taille);
        struct pollfd p[2] = { { 0, POLLIN, 0 }, { s, POLLIN, 0 } };
        do {
            if (poll(p, 2, -1) < 0 && errno != EINTR)
                return 1;
            if (p[1].revents)
                lire();
        } while (!p[0].revents);
        char ligne[4096];
        size_t n = 0;
        while (n < sizeof ligne && read(0, ligne + n, 1) == 1 && ligne[n++] != '\n')
            ;
        if (n == 0)
            return 0;
        if (send(s, ligne, n, 0) < 0)
            return 0;
    }
}
