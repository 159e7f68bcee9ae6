#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    char buf[1024];
    struct sockaddr_in a = { AF_INET, htons(atoi(argv[1])) }, client;
    socklen_t l = sizeof client;
    if (bind(s, (struct sockaddr *)&a, sizeof a)) { perror("bind"); return 1; }
    /* on attend le client */
    recvfrom(s, buf, sizeof buf, 0, (struct sockaddr *)&client, &l);
    do {
        time_t t = time(NULL);
        char *d = ctime(&t);
        sendto(s, d, strlen(d), 0, (struct sockaddr *)&client, l);
    } while (recv(s, buf, sizeof buf, 0) >= 0);
    return 0;
}
