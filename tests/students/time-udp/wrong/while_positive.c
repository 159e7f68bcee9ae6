#include <stdlib.h>
#include <string.h>
#include <stdint.h>
#include <time.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[])
{
    char buf[128];
    struct sockaddr_in a, client;
    socklen_t l = sizeof client;
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0)
        return 1;
    while (recvfrom(s, buf, sizeof buf, 0, (struct sockaddr *)&client, &l) > 0) {
        uint32_t n = htonl(time(NULL) + 2208988800UL);
        sendto(s, &n, sizeof n, 0, (struct sockaddr *)&client, l);
    }
    return 0;
}
