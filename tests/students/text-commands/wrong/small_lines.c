#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <time.h>
#include <signal.h>
#include <unistd.h>
#include <arpa/inet.h>

#define MAX 128

int main(int argc, char *argv[])
{
    char buf[MAX];
    int one = 1, s = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in a = { AF_INET, htons(atoi(argv[1])) };

    signal(SIGPIPE, SIG_IGN);
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("bind");
        exit(1);
    }
    listen(s, 5);
    for (;;) {
        int c = accept(s, NULL, NULL);
        FILE *f = fdopen(c, "r");
        while (fgets(buf, MAX, f) != NULL) {
            char *p = buf + 6;
            buf[strcspn(buf, "\n")] = 0;
            if (!strncmp(buf, "UPPER ", 6)) {
                while (*p) { *p = toupper(*p & 0xff); p++; }
                dprintf(c, "%s\n", buf + 6);
            } else if (!strncmp(buf, "LOWER ", 6)) {
                while (*p) { *p = tolower(*p & 0xff); p++; }
                dprintf(c, "%s\n", buf + 6);
            } else if (!strncmp(buf, "DATENOW", 7)) {
                dprintf(c, "%ld\n", (long)time(NULL));
            } else {
                dprintf(c, "ERR unknown command\n");
            }
        }
        fclose(f);
    }
}
