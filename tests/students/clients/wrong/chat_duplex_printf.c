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

int main(int argc,char**argv){int s=conn(argc,argv); signal(SIGPIPE,SIG_IGN); char b[2048]; int k;
 for(;;){ fd_set f; FD_ZERO(&f); FD_SET(0,&f); FD_SET(s,&f); if(select(s+1,&f,0,0,0)<0)continue;
  if(FD_ISSET(0,&f)){k=read(0,b,sizeof b); if(k<=0)return 0; if(k==5&&!strncasecmp(b,"quit\n",5))return 0; if(send(s,b,k,0)<0){perror("send");return 1;}}
  if(FD_ISSET(s,&f)){k=recv(s,b,sizeof b-1,0); if(k<0){perror("recv");return 1;} if(!k){printf("Deconnexion du pair\n");fflush(stdout);return 1;} b[k]=0; printf(b); fflush(stdout);} } }
