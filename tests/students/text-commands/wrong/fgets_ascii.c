#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include <time.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[])
{
    static char ligne[65600];
    int s = socket(AF_INET, SOCK_STREAM, 0), on = 1, c;
    struct sockaddr_in a = {0};

    a.sin_family = AF_INET;
    a.sin_port = htons(atoi(argv[1]));
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(s, (struct sockaddr *)&a, sizeof a)) {
        perror("bind");
        return 1;
    }
    listen(s, 1);
    c = accept(s, NULL, NULL);
    FILE *in = fdopen(c, "r");
    FILE *out = fdopen(dup(c), "w");
    while (fgets(ligne, sizeof ligne, in)) {
        ligne[strcspn(ligne, "\r\n")] = '\0';
        if (strncmp(ligne, "UPPER ", 6) == 0) {
            for (char *p = ligne + 6; *p; p++)
                *p = toupper((unsigned char)*p);
            fprintf(out, "%s\n", ligne + 6);
        } else if (strncmp(ligne, "LOWER ", 6) == 0) {
            for (char *p = ligne + 6; *p; p++)
                *p = tolower((unsigned char)*p);
            fprintf(out, "%s\n", ligne + 6);
        } else if (strcmp(ligne, "DATENOW") == 0) {
            fprintf(out, "%ld\n", (long)time(NULL));
        } else {
            fprintf(out, "ERR\n");
        }
        fflush(out);
    }
    fclose(in);
    fclose(out);
    return 0;
}
