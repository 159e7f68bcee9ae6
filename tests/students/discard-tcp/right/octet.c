/* one byte at a time */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[])
{
    if (argc != 2) {
        fprintf(stderr, "usage : %s port\n", argv[0]);
        return 1;
    }
    int s = socket(AF_INET, SOCK_STREAM, 0), un = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    struct sockaddr_in a;
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 1) < 0) {
        perror("discard");
        return 1;
    }
    for (;;) {
        char b;
        int c = accept(s, NULL, NULL);
        while (read(c, &b, 1) > 0)
            ;
        close(c);
    }
}
