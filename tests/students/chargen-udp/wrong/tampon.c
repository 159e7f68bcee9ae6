#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[])
{
    char buf[512];
    struct sockaddr_in a, client;
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0)
        return 1;
    for (;;) {
        socklen_t l = sizeof client;
        recvfrom(s, buf, sizeof buf, 0, (struct sockaddr *)&client, &l);
        memset(buf, 0, sizeof buf);
        for (int i = 0, n = rand() % 300; i < n; i++)
            buf[i] = ' ' + i % 95;
        sendto(s, buf, sizeof buf, 0, (struct sockaddr *)&client, l);   /* not n */
    }
}
