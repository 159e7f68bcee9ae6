#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <netinet/in.h>

#define N 100
#define K 10
#define LIGNE 65538

static void partie(int fd)
{
    static char ligne[LIGNE];
    FILE *in = fdopen(fd, "r");
    int secret, essai = 0;
    long v;
    char *fin;

    srand(time(NULL) ^ (getpid() << 8));
    secret = 1 + rand() % N;
    dprintf(fd, "Nombre mystere de 1 a %d, essais: %d\n", N, K);
    while (essai < K && fgets(ligne, sizeof ligne, in)) {
        if (strlen(ligne) == LIGNE - 1 && ligne[LIGNE - 2] != '\n')
            break;
        v = strtol(ligne, &fin, 10);
        if (fin == ligne || (*fin && !strchr(" \r\n", *fin))) {
            dprintf(fd, "Tapez un nombre\n");
            continue;
        }
        essai++;
        if (v == secret) {
            dprintf(fd, "Gagne en %d essais\n", essai);
            break;
        }
        if (essai == K)
            dprintf(fd, "Perdu %d\n", secret);
        else
            dprintf(fd, v < secret ? ">\n" : "<\n");
    }
    fclose(in);
}

static void enfants(int s)
{
    (void)s;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "Usage: %s port\n", argv[0]);
        return 1;
    }
    char *e;
    long port = strtol(argv[1], &e, 10);
    if (*e || port < 0 || port > 65535) {
        fprintf(stderr, "%s : numero de port incorrect\n", argv[1]);
        return 1;
    }
    struct sigaction sa = { .sa_handler = enfants, .sa_flags = SA_RESTART };
    sigaction(SIGCHLD, &sa, NULL);
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        if (fork() == 0) {
            close(s);
            partie(c);
            _exit(0);
        }
        close(c);
    }
}
