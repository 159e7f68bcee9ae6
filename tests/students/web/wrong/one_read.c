/* Serveur web : un fichier tient dans un tableau. */
#include <ctype.h>
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

static char racine[PATH_MAX];

static int envoyer(int s, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t k = send(s, p, n, MSG_NOSIGNAL);
        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            return -1;
        p += k;
        n -= k;
    }
    return 0;
}

static void erreur(int s, const char *statut, const char *plus, int corps)
{
    char texte[512];
    int n = snprintf(texte, sizeof texte,
                     "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n%sConnection: close\r\n\r\n%s",
                     statut, strlen(statut), plus, corps ? statut : "");
    envoyer(s, texte, n);
}

/* %41 -> A, sur place */
static int decoder(char *p)
{
    char *q = p;
    while (*p) {
        if (*p == '%') {
            if (!isxdigit((unsigned char)p[1]) || !isxdigit((unsigned char)p[2]))
                return -1;
            char hexa[3] = {p[1], p[2], 0};
            *q = (char)strtol(hexa, NULL, 16);
            if (*q++ == 0)
                return -1;
            p += 3;
        } else {
            *q++ = *p++;
        }
    }
    *q = 0;
    return 0;
}

static void servir(int s)
{
    static char tete[200000];
    size_t n = 0;
    while (n < sizeof tete - 1) {
        ssize_t k = recv(s, tete + n, sizeof tete - 1 - n, 0);
        if (k <= 0)
            return;
        n += k;
        tete[n] = 0;
        if (strstr(tete, "\r\n\r\n") || memchr(tete, 0, n))
            break;
    }
    char *fin = strpbrk(tete, "\r\n");
    if (fin)
        *fin = 0;
    char *methode = strtok(tete, " "), *cible = strtok(NULL, " "), *version = strtok(NULL, " ");
    if (!version || strncmp(version, "HTTP/", 5) != 0 || strtok(NULL, " ")) {
        erreur(s, "400 Bad Request", "", 1);
        return;
    }
    int corps = strcmp(methode, "GET") == 0;
    if (!corps && strcmp(methode, "HEAD") != 0) {
        erreur(s, "405 Method Not Allowed", "Allow: GET, HEAD\r\n", 1);
        return;
    }
    char voulu[PATH_MAX], reel[PATH_MAX];
    if (strlen(cible) > PATH_MAX / 2 || decoder(cible) < 0) {
        erreur(s, "400 Bad Request", "", corps);
        return;
    }
    snprintf(voulu, sizeof voulu, "%.2000s/%.2000s%s", racine, cible, strcmp(cible, "/") ? "" : "index.html");
    struct stat infos;
    if (!realpath(voulu, reel) || stat(reel, &infos) < 0 || !S_ISREG(infos.st_mode)) {
        erreur(s, "404 Not Found", "", corps);
        return;
    }
    size_t r = strlen(racine);
    if (strncmp(reel, racine, r) != 0 || reel[r] != '/') {
        erreur(s, "403 Forbidden", "", corps);
        return;
    }
    const char *point = strrchr(reel, '.');
    const char *type = !point                        ? "application/octet-stream"
                       : strcmp(point, ".html") == 0 ? "text/html"
                       : strcmp(point, ".txt") == 0  ? "text/plain; charset=utf-8"
                                                     : "application/octet-stream";
    char entete[256], bloc[65536];
    int k = snprintf(entete, sizeof entete,
                     "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %lld\r\nConnection: close\r\n\r\n",
                     type, (long long)infos.st_size);
    if (envoyer(s, entete, k) < 0 || !corps)
        return;
    int f = open(reel, O_RDONLY);
    ssize_t lu = read(f, bloc, sizeof bloc);
    envoyer(s, bloc, lu);
    close(f);
}

int main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "usage : %s port racine\n", argv[0]);
        return 1;
    }
    char *reste;
    long port = strtol(argv[1], &reste, 10);
    if (*reste || port < 0 || port > 65535 || !realpath(argv[2], racine)) {
        fprintf(stderr, "argument incorrect\n");
        return 1;
    }
    signal(SIGCHLD, SIG_IGN);
    int oui = 1, l = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &oui, sizeof oui);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = INADDR_ANY};
    if (bind(l, (struct sockaddr *)&a, sizeof a) < 0 || listen(l, 5) < 0) {
        perror("bind");
        return 1;
    }
    for (;;) {
        int s = accept(l, NULL, NULL);
        if (s < 0)
            continue;
        if (fork() == 0) {
            close(l);
            servir(s);
            close(s);
            _exit(0);
        }
        close(s);
    }
}
