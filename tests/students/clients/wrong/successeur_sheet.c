// The sheet's: whether read returned anything is never looked at.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char *argv[]) {
    int sockfd;
    struct sockaddr_un adresse;
    char ch = 'A';
    if (argc < 2) {
        printf("usage : %s chemin\n", argv[0]);
        exit(1);
    }
    sockfd = socket(AF_UNIX, SOCK_STREAM, 0);
    adresse.sun_family = AF_UNIX;
    strcpy(adresse.sun_path, argv[1]);
    if (connect(sockfd, (struct sockaddr *)&adresse, sizeof(adresse)) == -1) {
        perror("pb connect : Client");
        exit(1);
    }
    printf("Le client a écrit : %c \n", ch);
    write(sockfd, &ch, 1);
    read(sockfd, &ch, 1);
    printf("Le serveur a renvoyé : %c\n", ch);
    close(sockfd);
    return 0;
}
