#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char *chemin;

static void fin(int s)
{
    (void)s;
    unlink(chemin);
    _exit(0);
}

int main(int argc, char **argv)
{
    struct sockaddr_un a;
    struct stat st;
    int s, c;

    if (argc != 2) {
        fprintf(stderr, "usage: %s chemin\n", argv[0]);
        return 1;
    }
    chemin = argv[1];
    if (strlen(chemin) > 107) {
        fprintf(stderr, "chemin trop long\n");
        return 1;
    }
    if (stat(chemin, &st) == 0 && S_ISSOCK(st.st_mode))
        unlink(chemin);
    signal(SIGCHLD, SIG_IGN);
    memset(&a, 0, sizeof a);
    a.sun_family = AF_UNIX;
    strcpy(a.sun_path, chemin);
    s = socket(AF_UNIX, SOCK_STREAM, 0);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 5) < 0) {
        perror(chemin);
        return 1;
    }
    signal(SIGINT, fin);
    signal(SIGTERM, fin);
    for (;;) {
        unsigned char b;
        if ((c = accept(s, NULL, NULL)) < 0)
            continue;
        if (fork() == 0) {
            close(s);
            if (recv(c, &b, 1, 0) == 1) {
                b = b + 1;
                send(c, &b, 1, 0);
            }
            close(c);
            _exit(0);
        }
        close(c);
    }
}
