#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <poll.h>
#include <arpa/inet.h>
#include <sys/socket.h>
int main(int c,char**v){
 if(c!=3){fprintf(stderr,"Usage: %s ip port\n",v[0]);return 1;}
 int p=atoi(v[2]);if(p<=0||p>65535){fprintf(stderr,"port incorrect\n");return 1;}
 struct sockaddr_in a={.sin_family=AF_INET,.sin_port=htons(p)},f;socklen_t fl;
 if(!inet_aton(v[1],&a.sin_addr)){fprintf(stderr,"ip incorrecte\n");return 1;}
 static char l[4096],r[4096];
 while(printf("> "),fflush(stdout),fgets(l,sizeof l,stdin)){
  l[strcspn(l,"\n")]=0; if(!strcasecmp(l,"quit"))break;
  int s=socket(AF_INET,SOCK_DGRAM,0),ok=0;
  for(int t=0;t<3&&!ok;t++){
   sendto(s,l,strlen(l),0,(void*)&a,sizeof a);
   struct pollfd q={s,POLLIN,0};
   while(poll(&q,1,1500)>0){
    fl=sizeof f;ssize_t n=recvfrom(s,r,sizeof r-1,0,(void*)&f,&fl);
    if(n<0){perror("recvfrom");break;}
    if(f.sin_port!=a.sin_port||f.sin_addr.s_addr!=a.sin_addr.s_addr)continue;
    printf("%s\n",r);ok=1;break;
   }
  }
  if(!ok){fprintf(stderr,"Pas de reponse du serveur\n");return 3;}
  close(s);
 }
 return 0;}
