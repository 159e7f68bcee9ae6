#!/usr/bin/perl
use strict;
use warnings;
use Socket;

my ($port) = @ARGV;
if (!defined $port || $port !~ /^\d+$/ || $port > 65535) {
    print STDERR "usage: fork.pl PORT\n";
    exit 1;
}
$SIG{CHLD} = 'IGNORE';
socket(my $srv, PF_INET, SOCK_STREAM, getprotobyname('tcp') || 6) or die "socket: $!";
setsockopt($srv, SOL_SOCKET, SO_REUSEADDR, pack('l', 1));
bind($srv, sockaddr_in($port, INADDR_ANY)) or die "bind: $!\n";
listen($srv, 5);

for (;;) {
    accept(my $c, $srv) or next;
    my $pid = fork;
    if (defined $pid && $pid == 0) {
        close $srv;
        while (sysread($c, my $b, 1024)) {
            $b =~ tr/a-z/A-Z/;
            while (length $b) {
                my $n = syswrite($c, $b) or exit 0;
                substr($b, 0, $n) = '';
            }
        }
        exit 0;
    }
    close $c;
}
