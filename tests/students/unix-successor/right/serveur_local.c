// Le serveur local du cours, avec le chemin en argument.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    int sockfd_serveur, sockfd_client;
    struct sockaddr_un adresse_serveur, adresse_client;
    char ch;
    socklen_t long_client;

    if (argc != 2) {
        fprintf(stderr, "Usage : %s chemin\n", argv[0]);
        exit(1);
    }
    if (strlen(argv[1]) >= sizeof adresse_serveur.sun_path) {
        fprintf(stderr, "%s : chemin trop long\n", argv[1]);
        exit(1);
    }
    signal(SIGPIPE, SIG_IGN);

    // On supprime un éventuel socket déjà existant...
    unlink(argv[1]);
    sockfd_serveur = socket(AF_UNIX, SOCK_STREAM, 0);
    adresse_serveur.sun_family = AF_UNIX;
    strcpy(adresse_serveur.sun_path, argv[1]);
    if (bind(sockfd_serveur, (struct sockaddr *)&adresse_serveur, sizeof(adresse_serveur)) == -1) {
        perror("pb bind : Serveur");
        exit(1);
    }
    listen(sockfd_serveur, 5);
    while (1) {
        printf("Le serveur attend \n");
        long_client = sizeof(adresse_client);
        if ((sockfd_client = accept(sockfd_serveur, (struct sockaddr *)&adresse_client, &long_client)) == -1) {
            perror("pb accept : Serveur");
            exit(1);
        }
        if (read(sockfd_client, &ch, 1) == 1) {
            printf("Le serveur a lu : %c\n", ch);
            ch++;
            printf("Le serveur écrit : %c\n", ch);
            write(sockfd_client, &ch, 1);
        }
        close(sockfd_client);
    }
    return 0;
}
