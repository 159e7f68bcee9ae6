#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

/* It ends at once. */
int creer_socket(int type, int *ptr_port, struct sockaddr_in *ptr_adresse)
{
    socklen_t longueur = sizeof *ptr_adresse;
    int s = socket(AF_INET, type, 0);
    if (s == -1) { perror("socket"); return -1; }
    memset(ptr_adresse, 0, sizeof *ptr_adresse);
    ptr_adresse->sin_family = AF_INET;
    ptr_adresse->sin_addr.s_addr = htonl(INADDR_ANY);
    ptr_adresse->sin_port = htons(*ptr_port);
    if (bind(s, (struct sockaddr *)ptr_adresse, sizeof *ptr_adresse) == -1) { perror("bind"); return -1; }
    getsockname(s, (struct sockaddr *)ptr_adresse, &longueur);
    return s;
}

int main(void)
{
    struct sockaddr_in adresse_udp, adresse_tcp;
    int port_udp = 0, port_tcp = 0;
    if (creer_socket(SOCK_DGRAM, &port_udp, &adresse_udp) != -1)
        printf("Socket UDP attach\303\251 au port : %d\n", ntohs(adresse_udp.sin_port));
    if (creer_socket(SOCK_STREAM, &port_tcp, &adresse_tcp) != -1)
        printf("Socket TCP attach\303\251e au port : %d\n", ntohs(adresse_tcp.sin_port));
    
    return 0;
}
