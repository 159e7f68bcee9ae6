/* A thread for each client; a file is a string. */
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *root;

/* A line without its end; -1 at the end of the stream, -2 when it is too long. */
static int read_line(int s, char *line, int max)
{
    int n = 0;
    char c;
    for (;;) {
        if (read(s, &c, 1) != 1)
            return -1;
        if (c == '\n')
            break;
        if (n == max - 1)
            return -2;
        if (c != '\r')
            line[n++] = c;
    }
    line[n] = 0;
    return n;
}

static void answer(int s, const char *status, const char *extra)
{
    dprintf(s, "HTTP/1.0 %s\r\n%sContent-Length: 0\r\n\r\n", status, extra);
}

static void *client(void *arg)
{
    int s = (int)(intptr_t)arg;
    char line[8192], method[16], target[4096], path[8192], version[16], more[2];
    int n = read_line(s, line, sizeof line);
    if (n < 0) {
        if (n == -2)
            answer(s, "414 URI Too Long", "");
        close(s);
        return NULL;
    }
    char header[8192];
    while ((n = read_line(s, header, sizeof header)) > 0 || n == -2)
        ;
    if (sscanf(line, "%15s %4095s %15s %1s", method, target, version, more) != 3) {
        answer(s, "400 Bad Request", "");
    } else if (strcmp(method, "GET") && strcmp(method, "HEAD")) {
        answer(s, "405 Method Not Allowed", "Allow: GET, HEAD\r\n");
    } else if (strstr(target, "..")) {
        answer(s, "403 Forbidden", "");
    } else {
        /* no % is decoded: such a name is not found */
        snprintf(path, sizeof path, "%s%s", root, strcmp(target, "/") ? target : "/index.html");
        struct stat info;
        FILE *f = NULL;
        if (lstat(path, &info) < 0 || !S_ISREG(info.st_mode) || !(f = fopen(path, "rb"))) {
            answer(s, "404 Not Found", "");
        } else {
            const char *type = strstr(path, ".html") ? "text/html" : strstr(path, ".txt") ? "text/plain" : "application/octet-stream";
            char *text = calloc(1, info.st_size + 1);
            fread(text, 1, info.st_size, f);
            dprintf(s, "HTTP/1.0 200 OK\r\nContent-type: %s\r\nContent-length: %ld\r\n\r\n%s", type, (long)strlen(text),
                    strcmp(method, "GET") ? "" : text);
            free(text);
            fclose(f);
        }
    }
    close(s);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s port root\n", argv[0]);
        exit(1);
    }
    int port = atoi(argv[1]);
    if ((port == 0 && strcmp(argv[1], "0")) || port < 0 || port > 65535) {
        fprintf(stderr, "bad port\n");
        exit(1);
    }
    root = argv[2];
    signal(SIGPIPE, SIG_IGN);
    int one = 1, l = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in here = {0};
    here.sin_family = AF_INET;
    here.sin_port = htons(port);
    if (bind(l, (struct sockaddr *)&here, sizeof here) || listen(l, 10)) {
        perror("bind");
        exit(1);
    }
    for (;;) {
        int s = accept(l, NULL, NULL);
        if (s < 0)
            continue;
        pthread_t t;
        if (pthread_create(&t, NULL, client, (void *)(intptr_t)s))
            close(s);
        else
            pthread_detach(t);
    }
}
