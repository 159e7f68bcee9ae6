#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <ctype.h>
#include <unistd.h>
#include <signal.h>
#include <errno.h>
#include <time.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <arpa/inet.h>
int ouvrir(int argc, char **argv) {
    if (argc < 2) { fprintf(stderr, "Usage: %s port\n", argv[0]); exit(1); }
    char *e; long port = strtol(argv[1], &e, 10);
    if (*e || e == argv[1] || port < 0 || port > 65535) { fprintf(stderr, "port invalide: %s\n", argv[1]); exit(1); }
    int s = socket(AF_INET, SOCK_STREAM, 0), un = 1;
    if (s < 0) { perror("socket"); exit(1); }
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    struct sockaddr_in a; memset(&a, 0, sizeof a);
    a.sin_family = AF_INET; a.sin_port = htons(port); a.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); exit(1); }
    if (listen(s, 10) < 0) { perror("listen"); exit(1); }
    return s;
}
void bye(int n) { write(1, "Bye\n", 4); _exit(0); }
int ecrire(int fd, const char *p, size_t n) {
    while (n > 0) { ssize_t k = send(fd, p, n, MSG_NOSIGNAL); if (k < 0) { if (errno == EINTR) continue; return -1; } p += k; n -= k; }
    return 0;
}

int main(int argc, char **argv) {
    int s = ouvrir(argc, argv); signal(SIGINT, bye); signal(SIGTERM, bye); signal(SIGPIPE, SIG_IGN);
    struct pollfd p[256]; int n = 1; p[0].fd = s; p[0].events = POLLIN;
    char *q[256]; int l[256], fin[256];
    for (;;) {
        poll(p, n, -1);
        for (int i = n - 1; i > 0; i--) {
            int mort = 0;
            if (p[i].revents & (POLLIN | POLLHUP | POLLERR) && !l[i] && !fin[i]) {
                int k = recv(p[i].fd, q[i], 4096, 0);
                if (k < 0) mort = 1; else if (k == 0) fin[i] = 1;
                else { l[i] = k; for (int j = 0; j < k; j++) if (q[i][j] >= 'a' && q[i][j] <= 'z') q[i][j] -= 32; }
            }
            if (!mort && l[i]) {
                int k = send(p[i].fd, q[i], l[i], MSG_DONTWAIT | MSG_NOSIGNAL);
                if (k > 0) { memmove(q[i], q[i] + k, l[i] - k); l[i] -= k; }
                else if (errno != EAGAIN && errno != EINTR) mort = 1;
            }
            if (mort || (fin[i] && !l[i])) { close(p[i].fd);  n--; p[i] = p[n]; continue; }
            p[i].events = l[i] ? POLLOUT : POLLIN;
        }
        if (p[0].revents & POLLIN && n < 256) {
            int c = accept(s, NULL, NULL);
            if (c >= 0) { p[n].fd = c; p[n].events = POLLIN; p[n].revents = 0; q[n] = malloc(4096); l[n] = fin[n] = 0; n++; }
        }
    }
}
