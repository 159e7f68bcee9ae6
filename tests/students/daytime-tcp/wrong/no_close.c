#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <signal.h>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    int on = 1, c, s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = {0};
    time_t t;

    signal(SIGPIPE, SIG_IGN);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a)) { perror("bind"); return 1; }
    listen(s, 5);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        time(&t);
        dprintf(c, "%s", ctime(&t));
    }
    perror("accept");
    return 1;
}
