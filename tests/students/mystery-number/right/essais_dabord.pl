use strict;
use warnings;
use IO::Socket::INET;
use IO::Handle;

my ($n, $k) = (100, 8);
my $port = shift;
die "usage: $0 port\n" unless defined $port && $port =~ /^\d+$/ && $port < 65536;
$SIG{CHLD} = 'IGNORE';
my $srv = IO::Socket::INET->new(LocalPort => $port, Listen => 10, ReuseAddr => 1) or die "$!\n";

sub ligne {
    my ($c) = @_;
    my $l = '';
    while (length $l <= 65536) {
        my $lu = $c->read(my $o, 1);
        return undef unless $lu;
        return $l if $o eq "\n";
        $l .= $o;
    }
    return undef;
}

while (1) {
    my $c = $srv->accept or next;
    if (fork) {
        close $c;
        next;
    }
    close $srv;
    srand;
    $c->autoflush(1);
    my $secret = 1 + int rand $n;
    print $c "Vous avez $k essais pour trouver un nombre entre 1 et $n\n";
    my $essai = 0;
    while ($essai < $k and defined(my $l = ligne($c))) {
        if ($l !~ /^\s*([+-]?\d{1,15})\s*$/) {
            print $c "nombre attendu\n";
            next;
        }
        $essai++;
        if ($1 == $secret) { print $c "gagne\n"; last }
        elsif ($essai == $k) { print $c "perdu, c'etait $secret\n" }
        else { print $c $1 < $secret ? "plus grand\n" : "plus petit\n" }
    }
    close $c;
    exit;
}
