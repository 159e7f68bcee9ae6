#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <locale.h>
#include <wchar.h>
#include <wctype.h>
#include <time.h>
#include <signal.h>
#include <arpa/inet.h>
#include <sys/socket.h>

#define MAXLIGNE 65536

static char ligne[MAXLIGNE + 2], sortie[4 * MAXLIGNE + 16];

static int envoyer(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
        if (k <= 0)
            return -1;
        p += k;
        n -= k;
    }
    return 0;
}

/* -1 : fin, -2 : trop long, sinon la longueur sans la fin de ligne */
static int lire_ligne(int fd)
{
    int n = 0;
    char c;
    for (;;) {
        ssize_t k = read(fd, &c, 1);
        if (k < 0 || (k == 0 && n == 0))
            return -1;
        if (k == 0 || c == '\n')
            break;
        if (n == MAXLIGNE)
            return -2;
        ligne[n++] = c;
    }
    if (n > 0 && ligne[n - 1] == '\r')
        n--;
    return n;
}

static size_t convertir(const char *s, size_t n, int majuscule)
{
    mbstate_t lit, ecrit;
    size_t r = 0;
    memset(&lit, 0, sizeof lit);
    memset(&ecrit, 0, sizeof ecrit);
    while (n) {
        wchar_t w;
        size_t k = mbrtowc(&w, s, n, &lit);
        if (k == (size_t)-1 || k == (size_t)-2)
            return strlen(strcpy(sortie, "ERR invalid UTF-8"));
        if (k == 0)
            k = 1;
        w = majuscule ? towupper(w) : towlower(w);
        r += wcrtomb(sortie + r, w, &ecrit);
        s += k;
        n -= k;
    }
    return r;
}

int main(int argc, char **argv)
{
    if (argc != 2 || atoi(argv[1]) < 0 || atoi(argv[1]) > 65535
        || strspn(argv[1], "0123456789") != strlen(argv[1])) {
        fprintf(stderr, "Usage: %s port\n", argv[0]);
        return EXIT_FAILURE;
    }
    if (!setlocale(LC_ALL, "C.UTF-8") && !setlocale(LC_ALL, "en_US.UTF-8"))
        fprintf(stderr, "pas de locale UTF-8\n");

    int s = socket(AF_INET, SOCK_STREAM, 0), oui = 1;
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])) };
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &oui, sizeof oui);
    if (bind(s, (struct sockaddr *)&a, sizeof a) < 0 || listen(s, 1) < 0) {
        perror("serveur");
        return EXIT_FAILURE;
    }
    int c = accept(s, NULL, NULL), n;
    close(s);
    while ((n = lire_ligne(c)) != -1) {
        size_t r;
        if (n == -2) {
            envoyer(c, "ERR line too long\n", 18);
            break;
        }
        if (n >= 5 && memcmp(ligne, "UPPER", 5) == 0 && (n == 5 || ligne[5] == ' '))
            r = n > 6 ? convertir(ligne + 6, n - 6, 1) : 0;
        else if (n >= 5 && memcmp(ligne, "LOWER", 5) == 0 && (n == 5 || ligne[5] == ' '))
            r = n > 6 ? convertir(ligne + 6, n - 6, 0) : 0;
        else if (n == 7 && memcmp(ligne, "DATENOW", 7) == 0)
            r = sprintf(sortie, "%ld", (long)time(NULL));
        else
            r = strlen(strcpy(sortie, "ERR unknown command"));
        sortie[r++] = '\n';
        if (envoyer(c, sortie, r) < 0)
            break;
    }
    close(c);
    return 0;
}
