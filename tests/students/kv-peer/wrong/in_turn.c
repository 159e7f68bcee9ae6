/* Un client apres l'autre ; au pair : "PEER sauts chemin cle". */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define LIGNE 65540

static char cles[100][256], valeurs[100][256];
static int nombre, port_pair;
static char hote_pair[64], moi[64];

static void envoyer(int s, const char *t)
{
    size_t n = strlen(t);
    while (n > 0) {
        ssize_t k = send(s, t, n, MSG_NOSIGNAL);
        if (k <= 0)
            return;
        t += k;
        n -= k;
    }
}

static void demander(int sauts, const char *chemin, const char *cle, char *reponse, size_t taille)
{
    snprintf(reponse, taille, "ERR peer unreachable");
    int s = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval delai = {2, 0};
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &delai, sizeof delai);
    setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &delai, sizeof delai);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port_pair)};
    inet_pton(AF_INET, hote_pair, &a.sin_addr);
    if (connect(s, (struct sockaddr *)&a, sizeof a) == 0) {
        char *question = malloc(LIGNE + 300);
        snprintf(question, LIGNE + 300, "PEER %d %s%s%s %s\n", sauts - 1, chemin, *chemin ? "," : "", moi, cle);
        envoyer(s, question);
        free(question);
        FILE *f = fdopen(s, "r");
        char recu[1024];
        if (fgets(recu, sizeof recu, f)) {
            recu[strcspn(recu, "\r\n")] = 0;
            snprintf(reponse, taille, "%s", recu);
        }
        fclose(f);
        return;
    }
    close(s);
}

static void repondre(int s, char *requete)
{
    int sauts = 3;
    char chemin[1024] = "", *cle = requete, reponse[1100];
    int debut = 0;
    if (sscanf(requete, "PEER %d %1000s %n", &sauts, chemin, &debut) == 2 && debut > 0)
        cle = requete + debut;
    else {
        sauts = 3;
        chemin[0] = 0;
    }
    if (strstr(chemin, moi)) {
        envoyer(s, "ERR cycle\n");
        return;
    }
    for (int i = 0; i < nombre; i++)
        if (strcmp(cles[i], cle) == 0) {
            snprintf(reponse, sizeof reponse, "OK %s\n", valeurs[i]);
            envoyer(s, reponse);
            return;
        }
    if (port_pair == 0 || sauts == 0) {
        envoyer(s, "ERR unknown key\n");
        return;
    }
    demander(sauts, chemin, cle, reponse, sizeof reponse - 1);
    strcat(reponse, "\n");
    envoyer(s, reponse);
}

static void servir(int s)
{
    FILE *f = fdopen(s, "r");
    char *ligne = malloc(LIGNE);
    while (fgets(ligne, LIGNE, f)) {
        size_t n = strlen(ligne);
        if (n == LIGNE - 1 && ligne[n - 1] != '\n') {
            envoyer(s, "ERR line too long\n");
            break;
        }
        while (n > 0 && strchr(" \t\r\n", ligne[n - 1]))
            ligne[--n] = 0;
        char *debut = ligne + strspn(ligne, " \t");
        if (strcmp(debut, "FIN") == 0) {
            envoyer(s, "BYE\n");
            break;
        }
        repondre(s, debut);
    }
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage : %s port pair donnees\n", argv[0]);
        return 1;
    }
    char *reste;
    long port = strtol(argv[1], &reste, 10);
    FILE *f = fopen(argv[3], "r");
    if (*reste || !*argv[1] || port < 0 || port > 65535 || !f) {
        fprintf(stderr, "argument incorrect\n");
        return 1;
    }
    if (*argv[2] && sscanf(argv[2], "%63[^:]:%d", hote_pair, &port_pair) != 2) {
        fprintf(stderr, "pair incorrect\n");
        return 1;
    }
    while (nombre < 100 && fscanf(f, "%255[^\t]\t%255[^\n]\n", cles[nombre], valeurs[nombre]) == 2)
        nombre++;
    fclose(f);
    snprintf(moi, sizeof moi, "127.0.0.1:%ld", port);
    signal(SIGCHLD, SIG_IGN);
    int oui = 1, l = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &oui, sizeof oui);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = INADDR_ANY};
    if (bind(l, (struct sockaddr *)&a, sizeof a) < 0 || listen(l, 5) < 0) {
        perror("bind");
        return 1;
    }
    for (;;) {
        int s = accept(l, NULL, NULL);
        if (s < 0)
            continue;
        servir(s);
    }
}
