#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <signal.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define N 500
#define K 9

void jouer(int c)
{
    char ligne[65600];
    FILE *f = fdopen(c, "r");
    int essais = K;
    srand(time(NULL) + getpid());
    int secret = rand() % N + 1;
    dprintf(c, "MYSTERE %d %d\n", N, K);
    while (essais > 0 && fgets(ligne, sizeof ligne, f)) {
        char *fin;
        long g = strtol(ligne, &fin, 10);
        if (fin == ligne) {
            dprintf(c, "ERR\n");
            continue;
        }
        essais--;
        if (g == secret) {
            dprintf(c, "GAGNE\n");
            return;
        }
        if (essais)
            dprintf(c, g > secret ? "PLUS GRAND\n" : "PLUS PETIT\n");
    }
    if (!essais)
        dprintf(c, "PERDU %d\n", secret);
}

int main(int argc, char *argv[])
{
    int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = { AF_INET, htons(atoi(argv[1])) };
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a)) { perror("bind"); return 1; }
    listen(s, 5);
    signal(SIGCHLD, SIG_IGN);
    while (1) {
        int c = accept(s, NULL, NULL);
        if (fork() == 0) {
            close(s);
            jouer(c);
            exit(0);
        }
        close(c);
    }
}
