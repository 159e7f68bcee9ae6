#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <time.h>
#include <ctype.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <netinet/in.h>
#include <arpa/inet.h>
static int get_port(int argc, char **argv, int need) {
    if (argc != need) { fprintf(stderr, "Usage: %s <port>\n", argv[0]); exit(1); }
    char *e; long p = strtol(argv[1], &e, 10);
    if (*e || e == argv[1] || p < 0 || p > 65535) { fprintf(stderr, "port invalide: %s\n", argv[1]); exit(1); }
    return p;
}
static int mk(int type, int port) {
    int s = socket(AF_INET, type, 0), one = 1;
    if (type == SOCK_STREAM) setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in a; memset(&a, 0, sizeof a);
    a.sin_family = AF_INET; a.sin_port = htons(port); a.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); exit(1); }
    if (type == SOCK_STREAM && listen(s, 5) < 0) { perror("listen"); exit(1); }
    return s;
}
static int tout_ecrire(int fd, const void *b, size_t n) {
    const char *p = b;
    while (n) { ssize_t w = send(fd, p, n, MSG_NOSIGNAL); if (w < 0 && errno == EINTR) continue; if (w <= 0) return -1; p += w; n -= w; }
    return 0;
}
#include <pthread.h>
static char b[4096];        /* partage entre les threads ! */
static void *cl(void *p) { int c = (int)(long)p; ssize_t n; while ((n = recv(c, b, sizeof b, 0)) > 0) { for (int i = 0; i < n; i++) b[i] = toupper((unsigned char)b[i]); if (tout_ecrire(c, b, n)) break; } close(c); return 0; }
int main(int argc, char **argv) { int s = mk(SOCK_STREAM, get_port(argc, argv, 2)); for (;;) { int c = accept(s, 0, 0); if (c < 0) continue; pthread_t t; if (!pthread_create(&t, 0, cl, (void *)(long)c)) pthread_detach(t); } }
