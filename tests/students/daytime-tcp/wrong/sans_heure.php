<?php
$s = stream_socket_server('tcp://0.0.0.0:' . $argv[1]);
while (true) {
    $c = @stream_socket_accept($s, -1);
    if ($c) {
        @fwrite($c, date('d/m/Y') . "\n");
        fclose($c);
    }
}
