use strict;
use warnings;
use Encode qw(decode encode);
use IO::Socket::INET;

my $port = $ARGV[0];
if (!defined $port || $port !~ /^\d+$/ || $port > 65535) {
    print STDERR "Usage: $0 <port>\n";
    exit 1;
}
$SIG{PIPE} = 'IGNORE';
my $s = IO::Socket::INET->new(LocalPort => $port, Listen => 1, ReuseAddr => 1, Proto => 'tcp');
die "Impossible d'ouvrir le port $port : $!\n" unless $s;
my $c = $s->accept;
close $s;

sub traiter {
    my ($octets) = @_;
    $octets =~ s/\r\z//;
    my $l = decode('UTF-8', $octets);
    my $r;
    if ($l =~ /\AUPPER(?: (.*))?\z/s) { $r = uc($1 // '') }
    elsif ($l =~ /\ALOWER(?: (.*))?\z/s) { $r = lc($1 // '') }
    elsif ($l eq 'DATENOW') { $r = scalar localtime }
    else { $r = 'ERR' }
    return syswrite($c, encode('UTF-8', "$r\n"));
}

my $tampon = '';
while (sysread($c, $tampon, 4096, length $tampon)) {
    while ($tampon =~ s/\A([^\n]*)\n//) {
        traiter($1) or exit 0;
    }
    if (length $tampon > 65536) {
        syswrite($c, "ERR trop long\n");
        last;
    }
}
close $c;
