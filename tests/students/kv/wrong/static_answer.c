#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <pthread.h>
#include <netinet/in.h>
#include <sys/socket.h>
static char rep[70100];
static void *client(void *arg) {
    int fd = (int)(long)arg; FILE *in = fdopen(fd, "r"); char ligne[70000];
    while (fgets(ligne, sizeof ligne, in)) {
        ligne[strcspn(ligne, "\r\n")] = 0; char *p = ligne; while (*p == ' ' || *p == '\t') p++; size_t n = strlen(p); while (n && (p[n-1] == ' ' || p[n-1] == '\t')) p[--n] = 0;
        if (!strcmp(p, "FIN")) { send(fd, "BYE\n", 4, 0); break; }
        const char *v = !strcmp(p, "fa") ? "sill" : !strcmp(p, "mi") ? "lion" : !strcmp(p, "li") ? "nez" : NULL;
        if (v) sprintf(rep, "OK %s\n", v); else strcpy(rep, "ERR inconnu\n");
        send(fd, rep, strlen(rep), 0);
    }
    fclose(in); return NULL;
}
int main(int c, char **v) {
    signal(SIGPIPE, SIG_IGN); int s = socket(AF_INET, SOCK_STREAM, 0), on = 1; setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(v[1])) }; if (bind(s, (void *)&a, sizeof a) || listen(s, 64)) { perror("bind"); return 1; }
    for (;;) { int k = accept(s, 0, 0); pthread_t t; pthread_create(&t, 0, client, (void *)(long)k); pthread_detach(t); }
}
