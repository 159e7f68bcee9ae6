#include <stdio.h>
#include <stdlib.h>
#include <ctype.h>
#include <netinet/in.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    static char buf[65536];
    int s = socket(AF_INET, SOCK_DGRAM, 0), n, i;
    struct sockaddr_in srv = {0}, cli;
    socklen_t l;
    srv.sin_family = AF_INET;
    srv.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&srv, sizeof srv) < 0) { perror("bind"); return 1; }
    while (1) {
        l = sizeof cli;
        n = recvfrom(s, buf, sizeof buf, 0, (struct sockaddr *)&cli, &l);
        /* on ne touche pas au \n final */
        for (i = 0; i < n - 1; i++)
            buf[i] = toupper((unsigned char)buf[i]);
        sendto(s, buf, n, 0, (struct sockaddr *)&cli, l);
    }
}
