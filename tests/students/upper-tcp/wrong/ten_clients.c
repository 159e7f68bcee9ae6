#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/select.h>
#include <sys/socket.h>

#define MAX_CLIENTS 10

int main(int argc, char *argv[])
{
    int client_socket[MAX_CLIENTS] = {0}, master, opt = 1, i, j, n, sd, max_sd;
    struct sockaddr_in address = {0};
    char buffer[1025];
    fd_set readfds;

    if (argc != 2) {
        fprintf(stderr, "Usage: %s port\n", argv[0]);
        exit(EXIT_FAILURE);
    }
    master = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(master, SOL_SOCKET, SO_REUSEADDR, (char *)&opt, sizeof(opt));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = INADDR_ANY;
    address.sin_port = htons(atoi(argv[1]));
    if (bind(master, (struct sockaddr *)&address, sizeof(address)) < 0) {
        perror("bind failed");
        exit(EXIT_FAILURE);
    }
    listen(master, 3);
    while (1) {
        FD_ZERO(&readfds);
        FD_SET(master, &readfds);
        max_sd = master;
        for (i = 0; i < MAX_CLIENTS; i++) {
            sd = client_socket[i];
            if (sd > 0)
                FD_SET(sd, &readfds);
            if (sd > max_sd)
                max_sd = sd;
        }
        if (select(max_sd + 1, &readfds, NULL, NULL, NULL) < 0)
            continue;
        if (FD_ISSET(master, &readfds)) {
            int nouveau = accept(master, NULL, NULL);
            for (i = 0; i < MAX_CLIENTS; i++)
                if (client_socket[i] == 0) {
                    client_socket[i] = nouveau;
                    break;
                }
            if (i == MAX_CLIENTS)
                close(nouveau);
        }
        for (i = 0; i < MAX_CLIENTS; i++) {
            sd = client_socket[i];
            if (sd == 0 || !FD_ISSET(sd, &readfds))
                continue;
            n = read(sd, buffer, 1024);
            if (n <= 0) {
                close(sd);
                client_socket[i] = 0;
                continue;
            }
            for (j = 0; j < n; j++)
                buffer[j] = toupper((unsigned char)buffer[j]);
            send(sd, buffer, n, MSG_NOSIGNAL);
        }
    }
}
