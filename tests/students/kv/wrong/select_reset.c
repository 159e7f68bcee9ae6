#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/select.h>
#include <sys/socket.h>

#define MAXL 65537
static char *buf[FD_SETSIZE];
static int len[FD_SETSIZE];

static void fatal(const char *m) { perror(m); exit(1); }

static void bye(int fd, fd_set *set)
{
    FD_CLR(fd, set);
    close(fd);
    free(buf[fd]);
    buf[fd] = NULL;
    len[fd] = 0;
}

int main(int argc, char *argv[])
{
    const char *keys[] = { "fa", "mi", "li" }, *vals[] = { "sill", "lion", "nez" };
    int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = { AF_INET, htons(atoi(argv[1])) };
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) fatal("bind");
    if (listen(s, 10) < 0) fatal("listen");
    fd_set all, rd;
    FD_ZERO(&all);
    FD_SET(s, &all);
    for (;;) {
        rd = all;
        if (select(FD_SETSIZE, &rd, NULL, NULL, NULL) < 0) fatal("select");
        for (int fd = 0; fd < FD_SETSIZE; fd++) {
            if (!FD_ISSET(fd, &rd)) continue;
            if (fd == s) {
                int c = accept(s, NULL, NULL);
                if (c < 0) fatal("accept");
                if (c >= FD_SETSIZE) { close(c); continue; }
                buf[c] = malloc(MAXL);
                len[c] = 0;
                FD_SET(c, &all);
                continue;
            }
            int n = recv(fd, buf[fd] + len[fd], MAXL - len[fd], 0);
            if (n < 0) fatal("recv");
            if (n == 0) { bye(fd, &all); continue; }
            len[fd] += n;
            char *nl;
            int fini = 0;
            while (!fini && (nl = memchr(buf[fd], '\n', len[fd]))) {
                char *deb = buf[fd], *fin = nl;
                while (fin > deb && strchr(" \t\r", fin[-1])) fin--;
                while (deb < fin && strchr(" \t", *deb)) deb++;
                const char *rep = NULL;
                char sortie[64];
                if (fin - deb == 3 && !memcmp(deb, "FIN", 3)) fini = 1;
                for (int i = 0; i < 3; i++)
                    if (fin - deb == 2 && !memcmp(deb, keys[i], 2)) rep = vals[i];
                snprintf(sortie, sizeof sortie, fini ? "BYE\n" : rep ? "OK %s\n" : "ERR unknown key\n", rep);
                if (send(fd, sortie, strlen(sortie), MSG_NOSIGNAL) < 0) fatal("send");
                len[fd] -= nl + 1 - buf[fd];
                memmove(buf[fd], nl + 1, len[fd]);
            }
            if (fini || len[fd] == MAXL) bye(fd, &all);
        }
    }
}
