/* Clavier et réseau à la fois, avec select ; à la fin du clavier, on ne fait que lire. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <signal.h>
#include <netdb.h>
#include <sys/select.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s hote port\n", argv[0]);
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    struct addrinfo indices = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM }, *adresse;
    if (getaddrinfo(argv[1], argv[2], &indices, &adresse) != 0) {
        fprintf(stderr, "adresse inconnue\n");
        return 1;
    }
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, adresse->ai_addr, adresse->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    char tampon[512];
    int ecrit_encore = 1, fin = 0;
    for (;;) {
        fd_set lus;
        FD_ZERO(&lus);
        FD_SET(s, &lus);
        if (ecrit_encore)
            FD_SET(0, &lus);
        select(s + 1, &lus, NULL, NULL, NULL);
        if (FD_ISSET(s, &lus)) {
            ssize_t n = recv(s, tampon, sizeof tampon, 0);
            if (n <= 0) {
                if (n == 0 && (!ecrit_encore || fin))
                    return 0;
                fprintf(stderr, "connexion perdue\n");
                return 1;
            }
            write(1, tampon, n);
        }
        if (ecrit_encore && FD_ISSET(0, &lus)) {
            ssize_t n = read(0, tampon, sizeof tampon);
            if (n <= 0 || strncasecmp(tampon, "quit\n", 5) == 0) {
                shutdown(s, SHUT_WR);
                ecrit_encore = 0;
            } else {
                fin = n == 4 && memcmp(tampon, "FIN\n", 4) == 0;
                if (send(s, tampon, n, 0) < 0) {
                    perror("send");
                    return 1;
                }
            }
        }
    }
}
