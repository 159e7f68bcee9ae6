#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <signal.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    char buffer[1025];
    int n, on = 1;
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in addr;

    signal(SIGPIPE, SIG_IGN);
    setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = INADDR_ANY;
    addr.sin_port = htons(atoi(argv[1]));
    if (bind(sock, (struct sockaddr *)&addr, sizeof(addr)) == -1) {
        perror("bind()");
        exit(EXIT_FAILURE);
    }
    listen(sock, 5);
    while (1) {
        int csock = accept(sock, NULL, NULL);
        while ((n = recv(csock, buffer, 1024, 0)) > 0) {
            buffer[n] = '\0';
            printf("Recu : %s\n", buffer);
            send(csock, buffer, strlen(buffer), 0);
        }
        close(csock);
    }
}
