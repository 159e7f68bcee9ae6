#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

/* stdout is left to its buffer: on a pipe everything shows when the program ends. */
int main(int argc, char *argv[]) {
    if (argc != 3) {
        fprintf(stderr, "Usage: %s <ip> <port>\n", argv[0]);
        return 1;
    }
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV}, *found;
    int error = getaddrinfo(argv[1], argv[2], &hints, &found);
    if (error != 0) {
        fprintf(stderr, "%s\n", gai_strerror(error));
        return 1;
    }
    int sock = socket(found->ai_family, SOCK_STREAM, 0);
    if (connect(sock, found->ai_addr, found->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    FILE *in = fdopen(sock, "r");
    char *line = NULL, *answer = NULL;
    size_t size = 0, room = 0;
    for (;;) {
        printf("commande ? ");
        ssize_t length = getline(&line, &size, stdin);
        if (length < 0 || strncasecmp(line, "quit", 4) == 0)
            break;
        for (ssize_t sent = 0; sent < length;) {
            ssize_t n = send(sock, line + sent, length - sent, MSG_NOSIGNAL);
            if (n < 0) {
                perror("send");
                return 1;
            }
            sent += n;
        }
        length = getline(&answer, &room, in);
        if (length <= 0 || answer[length - 1] != '\n') {
            fprintf(stderr, "le serveur est parti\n");
            return 1;
        }
        printf("Reponse : %s", answer);
    }
    close(sock);
    return 0;
}
