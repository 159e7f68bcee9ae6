<?php
if ($argc != 2 || !ctype_digit($argv[1]) || $argv[1] > 65535) {
    fwrite(STDERR, "usage: php stream_socket.php <port>\n");
    exit(1);
}
$s = socket_create(AF_INET, SOCK_DGRAM, SOL_UDP);
if (!@socket_bind($s, '0.0.0.0', (int) $argv[1])) {
    fwrite(STDERR, socket_strerror(socket_last_error($s)) . "\n");
    exit(1);
}
while (true) {
    $n = socket_recvfrom($s, $data, 65535, 0, $ip, $port);
    if ($n === false) {
        continue;
    }
    echo "$n octets de $ip:$port\n";
    socket_sendto($s, $data ?? '', $n, 0, $ip, $port);
}
