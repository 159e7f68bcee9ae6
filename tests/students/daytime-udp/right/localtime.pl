#!/usr/bin/perl
use strict;
use warnings;
use IO::Socket::INET;

my $port = shift // die "usage: localtime.pl port\n";
die "mauvais port\n" if $port !~ /^\d+$/ || $port > 65535;
my $s = IO::Socket::INET->new(LocalPort => $port, Proto => 'udp') or die "bind : $!\n";
while (1) {
    my $client = $s->recv(my $rien, 1);
    $s->send(localtime() . "\n", 0, $client) if defined $client;
}
