#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define BUFSIZE 512

int main(int argc, char *argv[])
{
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in srv = {0}, cli;
    char buf[BUFSIZE];

    srv.sin_family = AF_INET;
    srv.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&srv, sizeof srv) < 0)
        return perror("bind"), 1;
    while (1) {
        socklen_t l = sizeof cli;
        memset(buf, 0, BUFSIZE);
        recvfrom(s, buf, BUFSIZE, 0, (struct sockaddr *)&cli, &l);
        sendto(s, buf, BUFSIZE, 0, (struct sockaddr *)&cli, l);
    }
}
