#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    struct sockaddr_un a;
    char ch;
    int s, c;

    if (argc != 2 || strlen(argv[1]) > 107) {
        fprintf(stderr, "Usage : %s chemin\n", argv[0]);
        exit(1);
    }
    unlink(argv[1]);
    s = socket(AF_UNIX, SOCK_STREAM, 0);
    a.sun_family = AF_UNIX;
    strcpy(a.sun_path, argv[1]);
    if (bind(s, (struct sockaddr *)&a, sizeof a) == -1) {
        perror("bind");
        exit(1);
    }
    listen(s, 5);
    while ((c = accept(s, NULL, NULL)) != -1) {
        if (read(c, &ch, 1) == 1) {
            usleep(2000); // un calcul
            ch++;
            write(c, &ch, 1);
        }
        close(c);
    }
    return 0;
}
