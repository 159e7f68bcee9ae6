/* Mistakes: what connect and send return is not looked at, and what does not fit the buffer is never read. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    const char *requete = "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    char reponse[1024];
    size_t recu = 0;
    ssize_t n;
    struct sockaddr_in adresse;
    int s;

    if (argc != 3) {
        fprintf(stderr, "usage: %s hote port\n", argv[0]);
        return 1;
    }
    memset(&adresse, 0, sizeof adresse);
    adresse.sin_family = AF_INET;
    adresse.sin_port = htons(atoi(argv[2]));
    inet_pton(AF_INET, argv[1], &adresse.sin_addr);
    s = socket(AF_INET, SOCK_STREAM, 0);
    connect(s, (struct sockaddr *)&adresse, sizeof adresse);
    send(s, requete, strlen(requete), 0);
    while (recu < sizeof reponse - 1 && (n = recv(s, reponse + recu, sizeof reponse - 1 - recu, 0)) > 0)
        recu += n;
    reponse[recu] = '\0';
    printf("%s", reponse);
    close(s);
    return 0;
}
