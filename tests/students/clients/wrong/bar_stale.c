#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <errno.h>
#include <signal.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <netinet/in.h>
#include <arpa/inet.h>
static int conn(int argc,char**argv){
  if(argc!=3){fprintf(stderr,"Usage : %s hote port\n",argv[0]);exit(1);}
  char*e; long p=strtol(argv[2],&e,10);
  if(*e||p<1||p>65535){fprintf(stderr,"port incorrect\n");exit(1);}
  int s=socket(AF_INET,SOCK_STREAM,0);
  struct sockaddr_in a; memset(&a,0,sizeof a); a.sin_family=AF_INET; a.sin_port=htons(p);
  struct hostent*h=gethostbyname(argv[1]); if(!h){fprintf(stderr,"hote inconnu\n");exit(1);}
  memcpy(&a.sin_addr,h->h_addr,h->h_length);
  if(connect(s,(struct sockaddr*)&a,sizeof a)<0){perror("connect");exit(2);}
  return s;}

int main(int argc,char**argv){int s=conn(argc,argv); signal(SIGPIPE,SIG_IGN); char m[1025]; static char r[2200]; int k;
 while(printf("Commande ? "),fflush(stdout),fgets(m,sizeof m,stdin)){ m[strcspn(m,"\n")]=0; if(!strcasecmp(m,"quit"))break;
  if(write(s,m,strlen(m))<0){perror("write");return 1;} k=read(s,r,sizeof r-1); if(k<0){perror("read");return 1;} if(!k){fprintf(stderr,"le bar est fermé\n");return 1;}
  puts(r); if(!strcmp(m,"fin"))break; } return 0;}
