use strict;
use warnings;
use IO::Socket::INET;

my $port = shift;
die "usage: $0 port\n" unless defined $port and $port =~ /^\d{1,5}$/ and $port <= 65535;
my $sock = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $port, Proto => 'udp')
    or die "port $port : $!\n";
while (1) {
    my $de = $sock->recv(my $message, 65536);
    next unless defined $de;
    $sock->send($message, 0, $de);
}
