<?php
if ($argc !== 2 || !ctype_digit($argv[1]) || $argv[1] > 65535) {
    fwrite(STDERR, "Usage: php long_french.php <port>\n");
    exit(1);
}
$jours = ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'];
$mois = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août',
         'septembre', 'octobre', 'novembre', 'décembre'];
$s = @stream_socket_server("tcp://0.0.0.0:$argv[1]", $n, $err);
if (!$s) {
    fwrite(STDERR, "$err\n");
    exit(1);
}
while (true) {
    $c = @stream_socket_accept($s, -1);
    if (!$c) {
        continue;
    }
    $t = time();
    $texte = $jours[date('w', $t)] . ' ' . date('j', $t) . ' ' . $mois[date('n', $t) - 1] . date(' Y, H:i:s', $t);
    @fwrite($c, "$texte\n");
    fclose($c);
}
