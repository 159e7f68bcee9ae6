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

static char buf[70000];static int n=0;
int main(int argc,char**argv){int s=conn(argc,argv); static char line[70000]; signal(SIGPIPE,SIG_IGN);
 while(fgets(line,sizeof line,stdin)){
  int L=strlen(line); if(L&&line[L-1]=='\n')line[--L]=0;
  if(!strcasecmp(line,"quit"))break;
  line[L++]='\n'; int o=0; while(o<L){int k=write(s,line+o,L-o); if(k<0){perror("write");return 1;} o+=k;}
  char*nlp; int r;
  while(!(nlp=memchr(buf,'\n',n))){ r=read(s,buf+n,sizeof buf-n);
    if(r<=0){ if(r<0)perror("read"); else {if(!strncmp(line,"FIN\n",4))return 0; printf("Serveur déconnecté\n");} return 1;} n+=r; }
  printf("Reponse du serveur : "); *nlp=0; printf(buf); printf("\n");
  n-=nlp+1-buf; memmove(buf,nlp+1,n);
  if(!strncmp(line,"FIN\n",4))break;
 }
 close(s); return EXIT_SUCCESS;}
