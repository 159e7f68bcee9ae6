
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <errno.h>
#include <netdb.h>
#include <sys/time.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
int main(int c,char**v){ if(c!=3){fprintf(stderr,"usage : %s ip port\n",v[0]);return 1;} char*e;long p=strtol(v[2],&e,10); if(*e||p<1||p>65535){fprintf(stderr,"port ?\n");return 1;}
 struct sockaddr_in a={0},o; a.sin_family=AF_INET;a.sin_port=htons(p); a.sin_addr.s_addr=inet_addr(v[1]);
 static char l[66000],r[66000]; struct timeval tv={3,0};
 while(fgets(l,sizeof l,stdin)){ l[strcspn(l,"\n")]=0; if(!strcasecmp(l,"quit"))break;
  int s=socket(AF_INET,SOCK_DGRAM,0); setsockopt(s,SOL_SOCKET,SO_RCVTIMEO,&tv,sizeof tv);
  if(sendto(s,l,strlen(l),0,(void*)&a,sizeof a)<0){perror("sendto");return 1;}
  int k; for(;;){ socklen_t t=sizeof o; k=recvfrom(s,r,sizeof r-1,0,(void*)&o,&t); if(k<0)break; if(o.sin_port==a.sin_port&&o.sin_addr.s_addr==a.sin_addr.s_addr)break; }
  close(s);
  if(k<0){ fprintf(stderr,"Pas de reponse\n"); continue; }
  r[k]=0; printf(r),printf("\n"); }
 return 0; }
