#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <ctype.h>
#include <unistd.h>
#include <signal.h>
#include <sys/socket.h>
#include <netinet/in.h>
#ifndef N
#define N 100
#endif
#ifndef K
#define K 10
#endif
int main(int c,char**v){
  if(c!=2){fprintf(stderr,"usage: %s port\n",v[0]);exit(1);}
  char*e;long p=strtol(v[1],&e,10);if(*e||p<0||p>65535){fprintf(stderr,"port ?\n");exit(1);}
  signal(SIGPIPE,SIG_IGN);srand(time(NULL));
  int s=socket(AF_INET,SOCK_STREAM,0),on=1;setsockopt(s,SOL_SOCKET,SO_REUSEADDR,&on,sizeof on);
  struct sockaddr_in a={.sin_family=AF_INET,.sin_port=htons(p)};
  if(bind(s,(void*)&a,sizeof a)){perror("bind");exit(1);} listen(s,1);
  int d=accept(s,0,0);FILE*in=fdopen(d,"r"),*out=fdopen(dup(d),"w");
  int secret=rand()%N+1,n=0;fprintf(out,"MYSTERE %d %d\n",N,K);fflush(out);
  char l[128];
  while(fgets(l,sizeof l,in)){
    if(!strchr(l,'\n')&&strlen(l)==sizeof l-1){int ch,k=0;while((ch=getc(in))!=EOF&&ch!='\n')if(++k>65536)return 0;fputs("trop long\n",out);fflush(out);continue;}
    char*q;long g=strtol(l,&q,10);while(isspace(*q))q++;
    if(q==l||*q){fputs("ERR\n",out);fflush(out);continue;}
    n++;
    if(g==secret){fputs("GAGNE\n",out);fflush(out);break;}
    if(n>=K){fprintf(out,"PERDU %d\n",secret);fflush(out);break;}
    fputs(secret>g?"+\n":"-\n",out);fflush(out);
  }
  return 0;
}
