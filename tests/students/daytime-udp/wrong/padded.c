#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define MAXMSG 128

int main(int argc, char *argv[])
{
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    char buf[MAXMSG];
    struct sockaddr_in a = { AF_INET, htons(atoi(argv[1])) }, c;
    if (bind(s, (struct sockaddr *)&a, sizeof a)) { perror("bind"); return 1; }
    for (;;) {
        socklen_t l = sizeof c;
        time_t t;
        recvfrom(s, buf, MAXMSG, 0, (struct sockaddr *)&c, &l);
        memset(buf, 0, MAXMSG);
        t = time(NULL);
        strcpy(buf, ctime(&t));
        sendto(s, buf, MAXMSG, 0, (struct sockaddr *)&c, l);
    }
}
