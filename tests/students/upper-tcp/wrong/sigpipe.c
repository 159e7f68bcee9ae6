#include <stdio.h>
#include <stdlib.h>
#include <ctype.h>
#include <unistd.h>
#include <pthread.h>
#include <arpa/inet.h>
#include <sys/socket.h>

void *service(void *p)
{
    int fd = *(int *)p;
    free(p);
    char buf[64];
    int n;
    while ((n = read(fd, buf, sizeof buf)) > 0) {
        for (int i = 0; i < n; i++)
            buf[i] = toupper((unsigned char)buf[i]);
        write(fd, buf, n);
    }
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    struct sockaddr_in a = {0};
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 10);
    for (;;) {
        int *fd = malloc(sizeof(int));
        *fd = accept(s, NULL, NULL);
        if (*fd < 0) {
            free(fd);
            continue;
        }
        pthread_t t;
        pthread_create(&t, NULL, service, fd);
        pthread_detach(t);
    }
}
