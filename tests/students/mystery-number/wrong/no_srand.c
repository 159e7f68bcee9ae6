#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    static char ligne[66000];
    int n = 100, k = 8, on = 1;
    int secret = rand() % n + 1;
    int s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = {0};

    signal(SIGPIPE, SIG_IGN);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 3);
    while (1) {
        int c = accept(s, NULL, NULL), i = 0;
        FILE *f = fdopen(c, "r");
        dprintf(c, "MYSTERE %d %d\n", n, k);
        while (i < k && fgets(ligne, sizeof ligne, f)) {
            int g;
            if (sscanf(ligne, "%d", &g) != 1) {
                dprintf(c, "ERR not a number\n");
                continue;
            }
            i++;
            if (g == secret) {
                dprintf(c, "GAGNE\n");
                break;
            }
            if (i == k)
                dprintf(c, "PERDU %d\n", secret);
            else
                dprintf(c, "%s\n", secret > g ? "PLUS GRAND" : "PLUS PETIT");
        }
        fclose(f);
    }
}
