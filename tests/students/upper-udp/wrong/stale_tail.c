#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    char buf[65600] = {0};
    struct sockaddr_in srv = {0}, cli;
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    srv.sin_family = AF_INET;
    srv.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&srv, sizeof srv) < 0) { perror("bind"); return 1; }
    for (;;) {
        socklen_t l = sizeof cli;
        if (recvfrom(s, buf, 65507, 0, (struct sockaddr *)&cli, &l) < 0)
            continue;
        for (char *p = buf; *p; p++)
            *p = toupper((unsigned char)*p);
        sendto(s, buf, strlen(buf), 0, (struct sockaddr *)&cli, l);
    }
}
