#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAXLIGNE 65536

static char racine[PATH_MAX];

static int tout_envoyer(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t k = write(fd, p, n);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return -1;
        p += k;
        n -= k;
    }
    return 0;
}

static int dire(int fd, const char *texte)
{
    return tout_envoyer(fd, texte, strlen(texte));
}

static int envoyer(int fd, const char *chemin)
{
    static char demande[PATH_MAX + MAXLIGNE];
    char reel[PATH_MAX], tete[64], morceau[16384];
    struct stat info;
    size_t n = strlen(racine);

    if (chemin[0] == '/')
        return dire(fd, "ERR forbidden\n");
    sprintf(demande, "%s/%s", racine, chemin);
    if (realpath(demande, reel) == NULL)
        return dire(fd, "ERR not found\n");
    if (strncmp(reel, racine, n) != 0 || (reel[n] != '/' && reel[n] != '\0'))
        return dire(fd, "ERR forbidden\n");
    if (stat(reel, &info) < 0 || !S_ISREG(info.st_mode))
        return dire(fd, "ERR not found\n");
    int f = open(reel, O_RDONLY);
    if (f < 0)
        return dire(fd, "ERR not found\n");
    sprintf(tete, "OK %lld\n", (long long)info.st_size);
    int r = dire(fd, tete);
    ssize_t k;
    while (r == 0 && (k = read(f, morceau, sizeof morceau)) > 0)
        r = tout_envoyer(fd, morceau, k);
    close(f);
    return r;
}

static void client(int fd)
{
    static char ligne[MAXLIGNE + 2];
    FILE *entree = fdopen(dup(fd), "r");
    while (fgets(ligne, sizeof ligne, entree)) {
        size_t n = strlen(ligne);
        if (n == MAXLIGNE + 1 && ligne[n - 1] != '\n') {
            dire(fd, "ERR line too long\n");
            break;
        }
        while (n && (ligne[n - 1] == '\n' || ligne[n - 1] == '\r'))
            ligne[--n] = '\0';
        if (strcmp(ligne, "FIN") == 0) {
            dire(fd, "BYE\n");
            break;
        }
        if ((strncmp(ligne, "GET ", 4) == 0 ? envoyer(fd, ligne + 4) : dire(fd, "ERR unknown command\n")) < 0)
            break;
    }
    fclose(entree);
}

int main(int argc, char **argv)
{
    if (argc != 3 || realpath(argv[2], racine) == NULL) {
        fprintf(stderr, "Usage: %s port dossier\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    int s = socket(AF_INET, SOCK_STREAM, 0), oui = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &oui, sizeof oui);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])) };
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 5) < 0) {
        perror("bind");
        return 1;
    }
    for (;;) {
        int c = accept(s, NULL, NULL);
        if (c < 0)
            continue;
        if (fork() == 0) {
            close(s);
            client(c);
            _exit(0);
        }
        close(c);
    }
}
