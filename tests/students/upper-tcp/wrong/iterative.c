#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <unistd.h>
#include <signal.h>
#include <netinet/in.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    struct sockaddr_in adr;
    char buf[512];
    int i, n, k, p, un = 1;
    int ecoute = socket(AF_INET, SOCK_STREAM, 0);

    if (argc < 2) {
        fprintf(stderr, "Usage : %s port\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    setsockopt(ecoute, SOL_SOCKET, SO_REUSEADDR, &un, sizeof(un));
    memset(&adr, 0, sizeof(adr));
    adr.sin_family = AF_INET;
    adr.sin_port = htons(atoi(argv[1]));
    if (bind(ecoute, (struct sockaddr *)&adr, sizeof(adr)) < 0) {
        perror("bind");
        return 1;
    }
    listen(ecoute, 10);
    while (1) {
        int service = accept(ecoute, NULL, NULL);
        if (service < 0)
            continue;
        while ((n = read(service, buf, sizeof(buf))) > 0) {
            for (i = 0; i < n; i++)
                buf[i] = toupper((unsigned char)buf[i]);
            for (p = 0; p < n; p += k)
                if ((k = write(service, buf + p, n - p)) < 0)
                    break;
            if (k < 0)
                break;
        }
        close(service);
    }
}
