#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    char heure[64];
    time_t t = time(NULL);
    strftime(heure, sizeof heure, "%a %b %d %H:%M:%S %Y\n", localtime(&t));

    int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = { AF_INET, htons(atoi(argv[1])) };
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a)) { perror("bind"); return 1; }
    listen(s, 5);
    for (;;) {
        int c = accept(s, NULL, NULL);
        send(c, heure, strlen(heure), MSG_NOSIGNAL);
        close(c);
    }
}
