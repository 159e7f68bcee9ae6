#include <stdlib.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    struct sockaddr_in a = {0};
    char b[10000], *p;
    int n, k, c, un = 1, s = socket(AF_INET, SOCK_STREAM, 0);

    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    bind(s, (struct sockaddr *)&a, sizeof a);
    listen(s, 5);
    while ((c = accept(s, NULL, NULL)) >= 0) {
        while ((n = recv(c, b, sizeof b, 0)) > 0)
            for (p = b; n > 0; p += k, n -= k)
                if ((k = send(c, p, n, MSG_NOSIGNAL)) < 0)
                    break;
        close(c);
    }
    return 0;
}
