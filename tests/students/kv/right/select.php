<?php
$donnees = ['fa' => 'sill', 'mi' => 'lion', 'li' => 'nez'];

if ($argc !== 2 || !ctype_digit($argv[1]) || (int) $argv[1] > 65535) {
    fwrite(STDERR, "Usage: php select.php <port>\n");
    exit(1);
}
$serveur = @stream_socket_server("tcp://0.0.0.0:{$argv[1]}", $no, $erreur);
if (!$serveur) {
    fwrite(STDERR, "$erreur\n");
    exit(1);
}
$clients = $entree = $sortie = [];
while (true) {
    $lire = [$serveur];
    $ecrire = [];
    $exc = null;
    foreach ($clients as $id => $c) {
        // tant qu'une réponse attend, on ne lit plus ce client
        if ($sortie[$id]['texte'] === '') {
            $lire[] = $c;
        } else {
            $ecrire[] = $c;
        }
    }
    if (@stream_select($lire, $ecrire, $exc, null) === false) {
        continue;
    }
    foreach (array_merge($lire, $ecrire) as $s) {
        if ($s === $serveur) {
            $c = @stream_socket_accept($serveur, 0);
            if ($c) {
                stream_set_blocking($c, false);
                $clients[(int) $c] = $c;
                $entree[(int) $c] = '';
                $sortie[(int) $c] = ['texte' => '', 'fin' => false];
            }
            continue;
        }
        $id = (int) $s;
        $parti = false;
        if ($sortie[$id]['texte'] === '') {
            $morceau = @fread($s, 4096);
            $parti = $morceau === false || ($morceau === '' && feof($s));
            $entree[$id] .= $morceau;
            while (!$sortie[$id]['fin'] && ($i = strpos($entree[$id], "\n")) !== false) {
                $cle = trim(substr($entree[$id], 0, $i));
                $entree[$id] = substr($entree[$id], $i + 1);
                $sortie[$id]['fin'] = $cle === 'FIN';
                $sortie[$id]['texte'] .= ($cle === 'FIN' ? 'Au revoir' : $donnees[$cle] ?? 'ERR cle inconnue') . "\n";
            }
            if (strlen($entree[$id]) > 65536) {
                $sortie[$id]['fin'] = true;
            }
        }
        if ($sortie[$id]['texte'] !== '') {
            $n = @fwrite($s, $sortie[$id]['texte']);
            $parti = $n === false;
            $sortie[$id]['texte'] = substr($sortie[$id]['texte'], (int) $n);
        }
        if ($parti || ($sortie[$id]['fin'] && $sortie[$id]['texte'] === '')) {
            fclose($s);
            unset($clients[$id], $entree[$id], $sortie[$id]);
        }
    }
}
