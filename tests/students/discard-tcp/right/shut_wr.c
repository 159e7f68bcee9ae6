/* will never write: says so at once */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <signal.h>
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
        perror("discard");
        return 1;
    }
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c >= 0 && fork() == 0) {
            char buf[1024];
            close(s);
            shutdown(c, SHUT_WR);
            while (recv(c, buf, sizeof buf, 0) > 0)
                ;
            _exit(0);
        }
        close(c);
    }
}
