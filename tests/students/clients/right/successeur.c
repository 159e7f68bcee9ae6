// Le client local : un octet est envoyé, le suivant revient
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/types.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char *argv[]) {

    int sockfd; // le descripteur pour le socket
    struct sockaddr_un adresse; // la structure pour le socket
    char ch = 'A';
    ssize_t lus;

    if (argc != 2) {
        fprintf(stderr, "usage : %s chemin\n", argv[0]);
        exit(1);
    }

    // On crée la socket pour le client
    sockfd = socket(AF_UNIX, SOCK_STREAM, 0);

    // On nomme le socket en "osmose" avec le serveur
    memset(&adresse, 0, sizeof(adresse));
    adresse.sun_family = AF_UNIX;
    strncpy(adresse.sun_path, argv[1], sizeof(adresse.sun_path) - 1);

    // On connecte le socket au serveur
    if (connect(sockfd, (struct sockaddr *)&adresse, sizeof(adresse)) == -1) {
        perror("pb connect : Client");
        exit(1);
    }

    // On peut maintenant écrire et lire via sockfd
    printf("Le client a écrit : %c \n", ch);
    if (write(sockfd, &ch, 1) != 1) {
        perror("pb write : Client");
        exit(1);
    }
    lus = read(sockfd, &ch, 1);
    if (lus == -1) {
        perror("pb read : Client");
        exit(1);
    }
    if (lus == 0) {
        fprintf(stderr, "Le serveur est parti sans répondre\n");
        exit(1);
    }
    printf("Le serveur a renvoyé : %c\n", ch);

    close(sockfd);
    return 0;
}
