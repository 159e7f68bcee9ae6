/* Le tampon n'est pas vide entre deux recv : ce qui suit le message d'avant reste. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "Usage: %s port\n", argv[0]);
        return 1;
    }
    int s = socket(AF_INET, SOCK_STREAM, 0), un = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 5);
    for (;;) {
        int n = accept(s, NULL, NULL);
        char tampon[1025];
        ssize_t lu;
        while ((lu = recv(n, tampon, 1024, 0)) > 0) {
            tampon[lu] = 0;
            char *fin = strchr(tampon, '\n');
            if (fin)
                *fin = 0;
            printf("%s\n", tampon);
            fflush(stdout);
        }
        close(n);
    }
}
