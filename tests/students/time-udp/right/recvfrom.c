#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <time.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[])
{
    char rien[1];
    struct sockaddr_in a, client;
    if (argc != 2) {
        fprintf(stderr, "usage : %s port\n", argv[0]);
        return 1;
    }
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    for (;;) {
        socklen_t l = sizeof client;
        if (recvfrom(s, rien, sizeof rien, 0, (struct sockaddr *)&client, &l) < 0)
            continue;
        uint32_t n = htonl(time(NULL) + 2208988800UL);
        sendto(s, &n, sizeof n, 0, (struct sockaddr *)&client, l);
    }
}
