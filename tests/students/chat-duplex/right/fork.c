#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void copie(int de, int vers)
{
    char t[1024];
    ssize_t n;
    while ((n = read(de, t, sizeof t)) > 0)
        if (write(vers, t, n) < 0)
            break;
}

int main(int argc, char **argv)
{
    char *fin;
    long port = argc == 2 ? strtol(argv[1], &fin, 10) : -1;
    if (port < 1 || port > 65535 || *fin) {
        fprintf(stderr, "Usage : %s port\n", argv[0]);
        return 1;
    }
    int e = socket(AF_INET, SOCK_STREAM, 0), un = 1;
    setsockopt(e, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) };
    if (bind(e, (void *)&a, sizeof a) || listen(e, 5)) {
        perror("serveur");
        return 1;
    }
    int s = accept(e, 0, 0);
    close(e);
    signal(SIGPIPE, SIG_IGN);
    pid_t fils = fork();
    if (fils == 0) {
        copie(0, s);
        shutdown(s, SHUT_WR);
        return 0;
    }
    copie(s, 1);
    kill(fils, SIGKILL);
    wait(NULL);
    return 0;
}
