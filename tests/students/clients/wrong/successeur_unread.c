// Shows the byte that it sent: read goes to another variable.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <sys/un.h>

int main(int argc, char *argv[]) {
    struct sockaddr_un adresse = {.sun_family = AF_UNIX};
    char ch = 'A', recu;
    if (argc != 2) {
        fprintf(stderr, "usage : %s chemin\n", argv[0]);
        return 1;
    }
    int sockfd = socket(AF_UNIX, SOCK_STREAM, 0);
    strncpy(adresse.sun_path, argv[1], sizeof(adresse.sun_path) - 1);
    if (connect(sockfd, (struct sockaddr *)&adresse, sizeof(adresse)) == -1) {
        perror("pb connect : Client");
        return 1;
    }
    write(sockfd, &ch, 1);
    if (read(sockfd, &recu, 1) != 1) {
        fprintf(stderr, "pas de réponse\n");
        return 1;
    }
    printf("Le serveur a renvoyé : %c\n", ch);
    close(sockfd);
    return 0;
}
