#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[])
{
    char rien[16], texte[512];
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
    srand(time(NULL));
    for (int i = 0; i < 512; i++)
        texte[i] = i % 74 == 72 ? '\r' : i % 74 == 73 ? '\n' : ' ' + (i / 74 + i % 74) % 95;
    for (;;) {
        socklen_t l = sizeof client;
        recvfrom(s, rien, sizeof rien, 0, (struct sockaddr *)&client, &l);
        sendto(s, texte, rand() % 513, 0, (struct sockaddr *)&client, l);
    }
}
