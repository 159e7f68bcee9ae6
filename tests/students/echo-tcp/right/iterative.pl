#!/usr/bin/perl
use strict;
use warnings;
use IO::Socket::INET;

die "usage: iterative.pl port\n" unless @ARGV == 1 && $ARGV[0] =~ /^\d+$/ && $ARGV[0] < 65536;
$SIG{PIPE} = 'IGNORE';

my $serveur = IO::Socket::INET->new(LocalPort => $ARGV[0], Proto => 'tcp', Listen => 5, ReuseAddr => 1)
    or die "socket : $@\n";

while (1) {
    my $client = $serveur->accept or next;
    while (sysread($client, my $buf, 2048)) {
        my $fait = 0;
        while ($fait < length $buf) {
            my $n = syswrite($client, $buf, length($buf) - $fait, $fait);
            last unless defined $n;
            $fait += $n;
        }
        last if $fait < length $buf;
    }
    close $client;
}
