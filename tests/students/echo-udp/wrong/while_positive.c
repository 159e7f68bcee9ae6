#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    static char buf[65536];
    int n, s = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in srv = {0}, cli;
    socklen_t len = sizeof(cli);

    srv.sin_family = AF_INET;
    srv.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&srv, sizeof(srv)) < 0) {
        perror("bind");
        exit(1);
    }
    while ((n = recvfrom(s, buf, sizeof(buf), 0, (struct sockaddr *)&cli, &len)) > 0) {
        sendto(s, buf, n, 0, (struct sockaddr *)&cli, len);
        len = sizeof(cli);
    }
    close(s);
    return 0;
}
