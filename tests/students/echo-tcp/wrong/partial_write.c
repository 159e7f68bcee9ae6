#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <signal.h>
#include <errno.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char **argv)
{
    int s, fd, on = 1, max;
    fd_set tous, prets;
    struct sockaddr_in a = {0};
    char buf[8192];

    signal(SIGPIPE, SIG_IGN);
    s = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        return 1;
    }
    listen(s, 10);
    FD_ZERO(&tous);
    FD_SET(s, &tous);
    max = s;
    for (;;) {
        prets = tous;
        if (select(max + 1, &prets, NULL, NULL, NULL) < 0)
            continue;
        for (fd = 0; fd <= max; fd++) {
            if (!FD_ISSET(fd, &prets))
                continue;
            if (fd == s) {
                int c = accept(s, NULL, NULL);
                if (c < 0)
                    continue;
                fcntl(c, F_SETFL, O_NONBLOCK);
                FD_SET(c, &tous);
                if (c > max)
                    max = c;
            } else {
                int n = read(fd, buf, sizeof buf);
                if (n < 0 && errno == EAGAIN)
                    continue;
                if (n <= 0) {
                    close(fd);
                    FD_CLR(fd, &tous);
                } else {
                    write(fd, buf, n);
                }
            }
        }
    }
}
