#include <stdio.h>
#include <stdlib.h>
#include <stdint.h>
#include <string.h>
#include <ctype.h>
#include <unistd.h>
#include <signal.h>
#include <pthread.h>
#include <sys/socket.h>
#include <netinet/in.h>

static void *gerer_client(void *arg)
{
    int fd = (int)(intptr_t)arg;
    unsigned char buf[1024];
    ssize_t n, i, fait, k;

    while ((n = recv(fd, buf, sizeof(buf), 0)) > 0) {
        for (i = 0; i < n; i++)
            buf[i] = toupper(buf[i]);
        for (fait = 0; fait < n; fait += k)
            if ((k = send(fd, buf + fait, n - fait, MSG_NOSIGNAL)) <= 0)
                goto fin;
    }
fin:
    close(fd);
    return NULL;
}

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "Usage: %s <port>\n", argv[0]);
        exit(1);
    }
    int port;
    char c;
    if (sscanf(argv[1], "%d%c", &port, &c) != 1 || port < 0 || port > 65535) {
        fprintf(stderr, "Port incorrect\n");
        exit(1);
    }
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    int opt = 1;
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &opt, sizeof(opt));
    struct sockaddr_in addr;
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = INADDR_ANY;
    addr.sin_port = htons(port);
    if (bind(sock, (struct sockaddr *)&addr, sizeof(addr)) == -1) {
        perror("bind");
        exit(2);
    }
    if (listen(sock, 5) == -1) {
        perror("listen");
        exit(2);
    }
    while (1) {
        int client = accept(sock, NULL, NULL);
        if (client == -1) {
            perror("accept");
            continue;
        }
        pthread_t th;
        if (pthread_create(&th, NULL, gerer_client, (void *)(intptr_t)client) != 0) {
            close(client);
            continue;
        }
        pthread_detach(th);
    }
}
