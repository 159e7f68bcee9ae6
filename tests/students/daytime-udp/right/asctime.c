#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/socket.h>
#include <netinet/in.h>

#define MAXMSG 1024

int main(int argc, char *argv[])
{
    int sfd;
    char buf[MAXMSG], c;
    unsigned int port;
    struct sockaddr_in saddr, caddr;

    if (argc != 2 || sscanf(argv[1], "%u%c", &port, &c) != 1 || port > 65535) {
        fprintf(stderr, "Usage:%s port\n", argv[0]);
        exit(1);
    }
    if ((sfd = socket(PF_INET, SOCK_DGRAM, IPPROTO_UDP)) < 0) {
        perror("socket");
        exit(1);
    }
    memset(&saddr, 0, sizeof saddr);
    saddr.sin_family = AF_INET;
    saddr.sin_port = htons(port);
    saddr.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(sfd, (struct sockaddr *)&saddr, sizeof saddr) < 0) {
        perror("bind");
        exit(1);
    }
    for (;;) {
        socklen_t l = sizeof caddr;
        if (recvfrom(sfd, buf, MAXMSG, 0, (struct sockaddr *)&caddr, &l) < 0) {
            perror("recvfrom");
            continue;
        }
        time_t t = time(NULL);
        char *d = asctime(localtime(&t));
        if (sendto(sfd, d, strlen(d), 0, (struct sockaddr *)&caddr, l) < 0)
            perror("sendto");
    }
}
