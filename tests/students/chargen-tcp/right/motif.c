#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "usage : %s port\n", argv[0]);
        return 1;
    }
    int s = socket(AF_INET, SOCK_STREAM, 0), un = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    struct sockaddr_in a;
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 5) < 0) {
        perror("chargen");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c >= 0 && fork() == 0) {
            char ligne[74];
            close(s);
            for (int d = 0;; d = (d + 1) % 95) {
                for (int i = 0; i < 72; i++)
                    ligne[i] = ' ' + (d + i) % 95;
                ligne[72] = '\r';
                ligne[73] = '\n';
                if (write(c, ligne, sizeof ligne) != sizeof ligne)
                    _exit(0);
            }
        }
        close(c);
    }
}
