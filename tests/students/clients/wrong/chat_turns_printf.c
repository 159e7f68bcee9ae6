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

static char nb[70000];static int n;
int main(int argc,char**argv){int s=conn(argc,argv); signal(SIGPIPE,SIG_IGN); char l[4096];
 setvbuf(stdin,NULL,_IONBF,0); setvbuf(stdout,NULL,_IOLBF,0);
 for(;;){ struct pollfd p[2]={{0,POLLIN,0},{s,POLLIN|POLLRDHUP,0}};
  poll(p,2,-1);
  if(p[1].revents){ int k=recv(s,nb,1,MSG_PEEK); if(k<=0){fprintf(stderr,"fin de la discussion\n");return 1;} }
  if(!p[0].revents)continue;
  if(!fgets(l,sizeof l,stdin))return 0; if(!strncasecmp(l,"quit\n",5))return 0;
  if(write(s,l,strlen(l))<0){perror("write");return 1;}
  char*e; n=0; while(!(e=memchr(nb,'\n',n))){int k=read(s,nb+n,1); if(k<=0){fprintf(stderr,"parti\n");return 1;} n+=k;}
  *e=0; printf("> "); printf(nb); printf("\n"); } }
