#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    struct sockaddr_in a = {0};
    char msg[1025], rep[1100];
    int s, c, n, oui = 1;

    if (argc != 2) {
        fprintf(stderr, "Usage : %s port\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &oui, sizeof oui);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        while ((n = recv(c, msg, 1024, 0)) > 0) {
            msg[n] = 0;
            memset(rep, 0, sizeof rep);
            sprintf(rep, "vous m'avez demandé : %s bien reçu 5 / 5", msg);
            send(c, rep, sizeof rep, 0);
            if (strcmp(msg, "fin") == 0)
                break;
        }
        close(c);
    }
    return 0;
}
