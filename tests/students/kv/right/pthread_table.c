#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <signal.h>
#include <unistd.h>
#include <pthread.h>
#include <netinet/in.h>
#include <sys/socket.h>

#define MAXLIGNE 65536

struct paire { const char *cle, *valeur; };
static const struct paire table[] = { { "fa", "sill" }, { "mi", "lion" }, { "li", "nez" } };

static const char *chercher(const char *cle, size_t n)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i].cle) == n && memcmp(table[i].cle, cle, n) == 0)
            return table[i].valeur;
    return NULL;
}

static void *client(void *arg)
{
    int fd = *(int *)arg;
    free(arg);
    char *l = malloc(MAXLIGNE);
    for (;;) {
        size_t n = 0;
        char c;
        ssize_t k;
        while ((k = recv(fd, &c, 1, 0)) == 1 && c != '\n') {
            if (n == MAXLIGNE) {
                dprintf(fd, "ERR ligne trop longue\n");
                goto fin;
            }
            l[n++] = c;
        }
        if (k < 0 || (k == 0 && n == 0))
            break;
        char *p = l;
        while (n && isspace((unsigned char)p[n - 1]))
            n--;
        while (n && isspace((unsigned char)*p))
            p++, n--;
        if (n == 3 && memcmp(p, "FIN", 3) == 0) {
            dprintf(fd, "BYE\n");
            break;
        }
        const char *v = chercher(p, n);
        if ((v ? dprintf(fd, "OK %s\n", v) : dprintf(fd, "ERR cle inconnue\n")) < 0)
            break;
    }
fin:
    free(l);
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    char *fin;
    long port;
    if (argc != 2) {
        fprintf(stderr, "usage : %s port\n", argv[0]);
        return 1;
    }
    port = strtol(argv[1], &fin, 10);
    if (*fin != '\0' || fin == argv[1] || port < 0 || port > 65535) {
        fprintf(stderr, "port incorrect : %s\n", argv[1]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    int s = socket(AF_INET6, SOCK_STREAM, 0), on = 1, off = 0;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(s, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    struct sockaddr_in6 a = { .sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = IN6ADDR_ANY_INIT };
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 16) < 0) {
        perror("bind/listen");
        return 1;
    }
    for (;;) {
        int *fd = malloc(sizeof *fd);
        pthread_t t;
        *fd = accept(s, NULL, NULL);
        if (*fd < 0 || pthread_create(&t, NULL, client, fd) != 0) {
            if (*fd >= 0)
                close(*fd);
            free(fd);
            continue;
        }
        pthread_detach(t);
    }
}
