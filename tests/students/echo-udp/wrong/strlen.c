#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    char message[66000] = "";
    struct sockaddr_in srv, cli;
    socklen_t len;
    int s = socket(PF_INET, SOCK_DGRAM, IPPROTO_UDP);

    bzero(&srv, sizeof(srv));
    srv.sin_family = AF_INET;
    srv.sin_addr.s_addr = htonl(INADDR_ANY);
    srv.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&srv, sizeof(srv)) != 0) {
        perror("bind");
        exit(1);
    }
    for (;;) {
        len = sizeof(cli);
        recvfrom(s, message, 65999, 0, (struct sockaddr *)&cli, &len);
        printf("%s\n", message);
        sendto(s, message, strlen(message), 0, (struct sockaddr *)&cli, len);
    }
}
