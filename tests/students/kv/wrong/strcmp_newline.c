#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

void dialogue(int fd)
{
    char l[65600];
    FILE *f = fdopen(fd, "r");
    while (fgets(l, sizeof l, f)) {
        if (!strcmp(l, "FIN\n")) {
            dprintf(fd, "BYE\n");
            return;
        } else if (!strcmp(l, "fa\n"))
            dprintf(fd, "sill\n");
        else if (!strcmp(l, "mi\n"))
            dprintf(fd, "lion\n");
        else if (!strcmp(l, "li\n"))
            dprintf(fd, "nez\n");
        else
            dprintf(fd, "inconnu\n");
    }
}

int main(int argc, char *argv[])
{
    int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = {0};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    a.sin_port = htons(atoi(argv[1]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) { perror("bind"); exit(1); }
    listen(s, 10);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int c = accept(s, 0, 0);
        if (fork() == 0) {
            close(s);
            dialogue(c);
            close(c);
            exit(0);
        }
        close(c);
    }
}
