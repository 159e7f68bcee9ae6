#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <limits.h>
#include <fcntl.h>
#include <unistd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sendfile.h>
#include <netinet/in.h>
static char root[PATH_MAX];
static void ecrire(int d,const char*s){size_t n=strlen(s);while(n){ssize_t k=write(d,s,n);if(k<=0)_exit(0);s+=k;n-=k;}}
static void err(int d,const char*st,const char*ex){char b[500];snprintf(b,500,"HTTP/1.1 %s\r\nServer: tp-c\r\n%sContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",st,ex);ecrire(d,b);}
static void service(int d){FILE*in=fdopen(d,"r");static char l[10000],m[16],u[9000],v[16],x[2];
  if(!fgets(l,sizeof l,in))return;
  if(!strchr(l,'\n')){err(d,"414 URI Too Long","");shutdown(d,1);while(fread(l,1,sizeof l,in)>0);return;}
  if(sscanf(l,"%15s %8999s %15s %1s",m,u,v,x)!=3||strncmp(v,"HTTP/1.",7)||*u!='/'){err(d,"400 Bad Request","");return;}
  char h[70000];do{if(!fgets(h,sizeof h,in))return;}while(strcmp(h,"\r\n")&&strcmp(h,"\n"));
  int head=!strcmp(m,"HEAD");
  if(!head&&strcmp(m,"GET")){err(d,"405 Method Not Allowed","Allow: GET, HEAD\r\n");return;}
  char*q=strchr(u,'?');if(q)*q=0;if(!strcmp(u,"/"))strcpy(u,"/index.html");
  char p[20000],r[PATH_MAX];snprintf(p,sizeof p,"%s%s",root,u);
  if(!realpath(p,r)){err(d,"404 Not Found","");return;}
  size_t L=strlen(root);if(strncmp(r,root,L)||r[L]!='/'){err(d,"403 Forbidden","");return;}
  int f=open(r,O_RDONLY);struct stat st;if(f<0||fstat(f,&st)||!S_ISREG(st.st_mode)){err(d,"404 Not Found","");return;}
  char*e=strrchr(r,'.');char b[300];sprintf(b,"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-type: %s\r\nContent-length: %lld\r\n\r\n",e&&!strcmp(e,".html")?"text/html":e&&!strcmp(e,".txt")?"text/plain":"application/octet-stream",(long long)st.st_size);ecrire(d,b);
  off_t o=0;if(!head)while(o<st.st_size)if(sendfile(d,f,&o,st.st_size-o)<=0)_exit(0);}
int main(int c,char**v){
  if(c!=3){fprintf(stderr,"usage: %s port racine\n",v[0]);exit(1);}
  char*e;long p=strtol(v[1],&e,10);if(*e||p<0||p>65535){fprintf(stderr,"port ?\n");exit(1);}
  if(!realpath(v[2],root)){perror(v[2]);exit(1);}
  signal(SIGPIPE,SIG_IGN);signal(SIGCHLD,SIG_IGN);
  int s=socket(AF_INET,SOCK_STREAM,0),on=1;setsockopt(s,SOL_SOCKET,SO_REUSEADDR,&on,sizeof on);
  struct sockaddr_in a={.sin_family=AF_INET,.sin_port=htons(p)};
  if(bind(s,(void*)&a,sizeof a)){perror("bind");exit(1);} listen(s,20);
  for(;;){int d=accept(s,0,0);if(d<0)continue;if(!fork()){close(s);service(d);_exit(0);}close(d);}
}
