#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <signal.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define N 100
#define K 8

int main(int argc, char *argv[])
{
    int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = { AF_INET, htons(atoi(argv[1])) };
    srand(time(NULL));
    signal(SIGCHLD, SIG_IGN);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a)) { perror("bind"); return 1; }
    listen(s, 10);
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (fork()) {
            close(c);
            continue;
        }
        close(s);
        char l[65600];
        FILE *f = fdopen(c, "r");
        int x = 1 + rand() % N, essai = 0;
        dprintf(c, "MYSTERE %d %d\n", N, K);
        while (fgets(l, sizeof l, f)) {
            char *fin;
            long g = strtol(l, &fin, 10);
            if (fin == l) {
                dprintf(c, "ERR not a number\n");
            } else if (g == x) {
                dprintf(c, "GAGNE\n");
                break;
            } else if (++essai == K) {
                dprintf(c, "PERDU %d\n", x);
                break;
            } else
                dprintf(c, "%s\n", g < x ? "PLUS GRAND" : "PLUS PETIT");
        }
        exit(0);
    }
}
