/* Client HTTP : demande la tete d'une page, et la montre a mesure qu'elle arrive. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connecter(const char *hote, const char *port)
{
    struct addrinfo indices, *liste, *p;
    int s = -1, code;

    memset(&indices, 0, sizeof indices);
    indices.ai_family = AF_UNSPEC;
    indices.ai_socktype = SOCK_STREAM;
    if ((code = getaddrinfo(hote, port, &indices, &liste)) != 0) {
        fprintf(stderr, "%s:%s : %s\n", hote, port, gai_strerror(code));
        return -1;
    }
    for (p = liste; p != NULL; p = p->ai_next) {
        s = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
        if (s < 0)
            continue;
        if (connect(s, p->ai_addr, p->ai_addrlen) == 0)
            break;
        perror("connect");
        close(s);
        s = -1;
    }
    freeaddrinfo(liste);
    return s;
}

int main(int argc, char *argv[])
{
    char requete[512], tampon[100];
    size_t envoye = 0, longueur;
    ssize_t n;
    int s;

    if (argc != 3 || atoi(argv[2]) <= 0 || atoi(argv[2]) > 65535) {
        fprintf(stderr, "usage: %s hote port\n", argv[0]);
        return EXIT_FAILURE;
    }
    if ((s = connecter(argv[1], argv[2])) < 0)
        return EXIT_FAILURE;
    snprintf(requete, sizeof requete, "HEAD / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", argv[1]);
    longueur = strlen(requete);
    while (envoye < longueur) {
        n = send(s, requete + envoye, longueur - envoye, MSG_NOSIGNAL);
        if (n < 0) {
            perror("send");
            return EXIT_FAILURE;
        }
        envoye += n;
    }
    while ((n = recv(s, tampon, sizeof tampon, 0)) > 0)
        fwrite(tampon, 1, n, stdout);
    if (n < 0) {
        fflush(stdout);
        perror("recv");
        return EXIT_FAILURE;
    }
    close(s);
    return EXIT_SUCCESS;
}
