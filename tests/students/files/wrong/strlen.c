#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static char racine[PATH_MAX];

static void repondre(int fd, char *chemin)
{
    static __thread char demande[PATH_MAX + 70000];
    char reel[PATH_MAX];
    struct stat info;
    size_t n = strlen(racine);
    sprintf(demande, "%s/%s", racine, chemin);
    if (chemin[0] == '/' || (realpath(demande, reel) && (strncmp(reel, racine, n) || (reel[n] && reel[n] != '/')))) {
        dprintf(fd, "ERR forbidden\n");
        return;
    }
    if (!realpath(demande, reel) || stat(reel, &info) || !S_ISREG(info.st_mode)) {
        dprintf(fd, "ERR not found\n");
        return;
    }
    char *contenu = calloc(info.st_size + 1, 1);
    int f = open(reel, O_RDONLY);
    for (off_t lu = 0; lu < info.st_size; ) {
        ssize_t k = read(f, contenu + lu, info.st_size - lu);
        if (k <= 0)
            break;
        lu += k;
    }
    close(f);
    dprintf(fd, "OK %zu\n%s", strlen(contenu), contenu);
    free(contenu);
}

static void *client(void *arg)
{
    int fd = (int)(long)arg;
    char *l = malloc(65537);
    FILE *e = fdopen(dup(fd), "r");
    while (fgets(l, 65537, e)) {
        l[strcspn(l, "\r\n")] = '\0';
        if (strcmp(l, "FIN") == 0) {
            dprintf(fd, "BYE\n");
            break;
        }
        if (strncmp(l, "GET ", 4) == 0)
            repondre(fd, l + 4);
        else
            dprintf(fd, "ERR unknown command\n");
    }
    fclose(e);
    close(fd);
    free(l);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 3 || !realpath(argv[2], racine))
        return 1;
    signal(SIGPIPE, SIG_IGN);
    int s = socket(AF_INET, SOCK_STREAM, 0), oui = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &oui, sizeof oui);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])) };
    if (bind(s, (struct sockaddr *)&a, sizeof a) || listen(s, 5))
        return 1;
    for (;;) {
        int c = accept(s, NULL, NULL);
        pthread_t t;
        if (c >= 0 && pthread_create(&t, NULL, client, (void *)(long)c) == 0)
            pthread_detach(t);
    }
}
