#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[])
{
    int s = socket(AF_INET, SOCK_STREAM, 0), un = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &un, sizeof un);
    struct sockaddr_in a;
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0)
        return 1;
    listen(s, 5);
    for (;;) {
        int c = accept(s, NULL, NULL);
        for (;;)
            write(c, "abcdefghijklmnopqrstuvwxyz\r\n", 28);
    }
}
