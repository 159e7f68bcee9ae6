# Ce que dit un rapport autour des cas.

# Constats : ce qui a été vu.
finding-mismatch = Le programme a envoyé une autre réponse que celle attendue.
finding-no-answer = { $blocked ->
    [yes] Le programme n’a pas répondu : il avait tout lu et attendait la suite.
   *[no] Le programme n’a pas répondu en { $waited_ms } ms.
}
finding-incomplete = { $blocked ->
    [yes] Le programme n’a envoyé qu’une partie de la réponse, puis attendait la suite.
   *[no] Le programme n’a envoyé qu’une partie de la réponse en { $waited_ms } ms.
}
finding-no-newline = La réponse est venue, mais sans le saut de ligne qui doit la finir.
finding-closed-early = Le programme a fermé la connexion au lieu de répondre.
finding-reset-early = Le programme a réinitialisé la connexion (RST) au lieu de répondre.
finding-extra = Le programme a envoyé des octets que personne n’a demandés.
finding-not-closed = Le programme n’avait pas fermé la connexion après { $waited_ms } ms.
finding-not-read = Le programme n’avait pas lu ce qui a été envoyé au bout de { $waited_ms } ms.
finding-from-elsewhere = Une réponse est venue, mais de { $address }, qui n’est pas l’adresse interrogée.
finding-truncated = La réponse s’arrête après { $kept } des { $of } octets : le tampon où la demande est lue en tient { $kept }.
finding-refused = La connexion a été refusée.
finding-connect-timed-out = La connexion n’a pas été acceptée à temps.
finding-flooded = Le programme a envoyé plus que la longueur de toute réponse ; le reste n’a pas été lu.
finding-depends-on = Ce cas a besoin de `{ $case }`, qui n’est pas réussi.
finding-depends-on-hidden = Ce cas a besoin d’un autre, qui n’est pas réussi.
finding-died = Après ce cas, le programme ne servait plus une simple requête.
finding-needs-run = Ce cas n’est jugeable que si le harnais démarre le programme (`--run`).
finding-serves-fewer = Ce cas demande plus de clients à la fois que l’exercice n’en exige, et ce programme en sert moins.
finding-memory-grew = Le programme a gardé une ligne qui ne finissait pas : sa mémoire a grandi d’autant que ce qui était envoyé, et aurait continué.
finding-not-seen = Ce cas demande de voir le processus du programme, ce qui n’est pas possible d’ici.
finding-ended = Le programme avait pris fin avant que ce cas puisse être joué.
finding-starved = La machine était trop occupée pour que le harnais juge équitablement.
finding-second-client-waits = Un second client n’a rien reçu tant que le premier était connecté.
finding-answers-without-newline = Aucune des réponses ne finit par un saut de ligne.
finding-requests-not-by-line = Le programme n’a pas répondu à une requête finie par un seul saut de ligne.
finding-not-built = { $ending ->
    [signal] La commande de construction a été tuée par { $signal }.
   *[code] La commande de construction a fini avec le code { $code }.
}
finding-build-too-long = La commande de construction n’avait pas fini au bout de { $seconds } s.
finding-died-at-start = { $ending ->
    [signal] Le programme a été tué par { $signal } avant d’écouter.
   *[code] Le programme a fini avec le code { $code } avant d’écouter.
}
finding-never-listened = Le programme n’a écouté nulle part dans les { $seconds } s qui ont suivi son démarrage.
finding-listens-elsewhere = Le programme écoute sur { $found }, et non sur { $told } comme on le lui a dit.
finding-unimplemented = Le programme dit qu’il ne fait pas cet exercice.
finding-out-of-time = Le temps prévu pour toute la notation, { $seconds } s, s’est écoulé avant ce cas.
finding-not-shown = Ce qui doit s’afficher sur la sortie du programme ne s’est pas affiché en { $milliseconds } ms.
finding-shown-twice = Le programme a affiché la même ligne plus souvent qu’il ne l’a reçue.
finding-printed = Le programme a affiché quelque chose là où rien ne doit s’afficher.
finding-ended-early = { $ending ->
    [signal] Le programme a été tué par { $signal } au milieu du dialogue.
   *[code] Le programme s’est terminé avec le code de sortie { $code } au milieu du dialogue.
}
finding-not-ended = Le programme aurait dû se terminer, et tournait encore après { $milliseconds } ms.
finding-ended-badly = { $ending ->
    [signal] Le programme a été tué par { $signal } alors qu’il devait se terminer avec le code de sortie 0.
   *[code] Le programme s’est terminé avec le code de sortie { $code } au lieu de 0.
}
finding-lacks-place = La commande n’a pas de `{ $place }` : on ne peut pas présenter l’un à l’autre des serveurs qui s’interrogent. Mets-le là où le programme l’attend.
finding-part-of-a-word = La commande ne contient `{ $place }` que dans un mot plus long : on ne peut pas en faire un mauvais appel.
finding-shell-line = La commande est une ligne pour un interprète de commandes : on ne peut pas en faire un mauvais appel.
finding-went-on = Le programme a continué malgré tout, et écoute sur { $found }.
finding-own-port = Sans son argument, le programme écoute sur un port de son choix : { $found }.
finding-ignored-argument = Le programme a ignoré l’argument de trop, et a servi.
finding-still-ran = Au bout de { $seconds } s, le programme n’avait ni fini, ni écouté nulle part.
finding-ended-well = Le programme a fini avec le code 0, comme si tout allait bien.
finding-said-nothing = { $ending ->
    [signal] Le programme a été tué par { $signal }, et n’a rien dit.
   *[code] Le programme a fini avec le code { $code }, et n’a rien dit.
}
finding-said-on-stdout = Le programme a dit sur stdout ce qui n’allait pas ; les messages vont sur stderr.
finding-stack-trace = Le programme a fini par une erreur que rien n’a rattrapée, et a montré la trace de son code au lieu d’un message.
finding-crashed = { $ending ->
    [signal] Le programme a été tué par { $signal }.
   *[code] Le programme a fini avec le code { $code }.
}
finding-outlived = Le programme tournait encore { $seconds } s après { $signal }.
finding-outlived-with-client = Un client silencieux étant connecté, le programme tournait encore { $seconds } s après { $signal }.
finding-port-free = Aucune socket { $protocol } n’est attachée au port affiché, { $port }, pendant que le programme tourne.
finding-port-swapped = Aucune socket { $protocol } n’est attachée au port affiché, { $port } ; une l’est au port { $other }, dont les deux octets sont dans l’ordre inverse.
finding-port-not-given = Le nombre affiché, { $port }, n’est pas un port { $protocol } que le système donne à qui s’attache au port 0.
finding-port-missing = La ligne sur { $protocol } n’affiche aucun nombre qui puisse être un port.
finding-kept-port = Le programme a fini à { $signal }, mais son port n’a pas pu être repris.
finding-not-restarted = Le programme n’a pas redémarré sur le port où il venait de servir.
finding-not-resumed = Suspendu puis repris, le programme n’a plus répondu.
finding-gone-after-silence = Personne n’est venu pendant { $milliseconds } ms ; le programme n’a ensuite plus servi personne.
finding-dropped-in-silence = Un client s’est tu pendant { $milliseconds } ms ; le programme ne lui a ensuite plus répondu.
finding-used-processor = Sans rien à faire, le programme a occupé { $percent } % d’un processeur pendant { $seconds } s.
finding-descriptors-grew = Après le passage de { $clients } clients, le programme avait { $after } descripteurs ouverts ; avant eux, { $before }.
finding-threads-grew = Après le passage de { $clients } clients, le programme avait { $after } fils d’exécution ; avant eux, { $before }.
finding-children-grew = Après le passage de { $clients } clients, le programme avait { $after } processus ; avant eux, { $before }.
finding-zombies-grew = Après le passage de { $clients } clients, le programme n’avait pas attendu { $after } de ses enfants qui avaient fini ; avant eux, { $before }.
finding-resident-memory-grew = Après le passage de { $clients } clients, le programme occupait { $after } Mio de mémoire ; avant eux, { $before } Mio.
finding-client-nothing-sent = Rien de ce qui a été tapé n’était arrivé au serveur au bout de { $seconds } s.
finding-client-not-sent = Ce qui a été tapé n’était pas arrivé tel quel au serveur au bout de { $seconds } s.
finding-client-no-whole-request = Le serveur attendait une requête entière, et le client ne l’a pas envoyée.
finding-client-no-line-feed = La requête du client ne finit pas par un saut de ligne : le serveur ne peut pas savoir qu’elle est complète.
finding-client-sent-out-of-turn = Une ligne tapée d’avance est arrivée avant la réponse qui lui donnait son tour.
finding-client-not-shown = La réponse du serveur ne paraît pas sur la sortie standard du client.
finding-client-shown-late = Le client affiche la réponse à une question précédente.
finding-client-shown-with-rest = Derrière la réponse, le client affiche la fin d’une réponse précédente, plus longue.
finding-client-ended-early = { $ending ->
    [signal] Le client a été tué par { $signal } au milieu du dialogue.
   *[code] Le client a fini avec le code { $code } au milieu du dialogue.
}
finding-client-crashed = { $ending ->
    [signal] Le client a été tué par { $signal } : c’est une erreur du programme.
   *[code] Le client a fini avec le code { $code }.
}
finding-client-stays = Le serveur était parti, et le client tournait encore { $seconds } s plus tard.
finding-client-ends-silently = { $ending ->
    [signal] Le client a été tué par { $signal } sans un mot sur ce qui n’allait pas.
   *[code] Le client a fini avec le code { $code }, sans un mot sur ce qui n’allait pas.
}
finding-client-ends-as-if-well = Le client a fini avec le code 0, comme si tout allait bien.
finding-client-still-runs = Le client devait finir, et tournait encore au bout de { $seconds } s.
finding-client-ends-badly = { $ending ->
    [signal] Le client a été tué par { $signal } alors qu’il devait finir avec le code 0.
   *[code] Le client a fini avec le code { $code } au lieu de 0.
}
finding-client-nothing-shows = Aucune réponse n’est venue, et le client n’a ni redemandé ni rien dit en { $seconds } s.
finding-client-waits-for-ever = Aucune réponse n’est venue, et au bout de { $seconds } s le client n’avait ni fini ni repris son invite avec un message.
finding-client-takes-any-sender = Le client affiche une réponse venue d’une autre adresse que celle qu’il a interrogée.
finding-client-no-usage = { $ending ->
    [signal] Le client a été tué par { $signal } sans un mot sur ses arguments.
   *[code] Le client a fini avec le code { $code }, sans un mot sur ses arguments.
}
finding-client-not-as-reference = Le client a bien agi, mais pas comme le client de référence : une trace d’erreur au lieu d’un message, ou un message sur la sortie standard au lieu de la sortie d’erreur.
finding-client-no-usage-code = Le client a fini avec le code 0, alors que ses arguments étaient faux.
finding-http-status-line = Ce qui est venu ne commence pas par une ligne d’état HTTP, comme `HTTP/1.1 200 OK`.
finding-http-header = Une ligne de l’en-tête de la réponse n’est pas `Nom: valeur`.
finding-http-end-of-header = L’en-tête de la réponse ne finit pas : il manque une ligne vide.
finding-http-length = Le `Content-Length` de la réponse n’est pas un seul nombre.
finding-http-short-body = Il est venu moins d’octets que la réponse n’en annonçait.
finding-http-chunk = Un morceau de la réponse n’a pas la longueur qu’il annonce.
finding-http-end-of-body = Rien ne dit où finit le corps de la réponse : il n’y a pas de `Content-Length`, et la connexion reste ouverte.
finding-script = { $message }

# Comment un programme a fini alors qu’il devait continuer.
death-ended = { $ending ->
    [signal] Le programme a été tué par { $signal }.
   *[code] Le programme a fini avec le code { $code }.
}
death-mute = Le programme a continué de tourner, et ne servait plus personne.

# Verdicts : un mot dans un tableau.
status-pass = réussi
status-non-strict = accepté
status-fail = ÉCHEC
status-blocked = bloqué
status-skipped = omis
status-unimplemented = NON FAIT
status-inconclusive = indécis

count-pass = { $count ->
    [one] { $count } réussi
   *[other] { $count } réussis
}
count-non-strict = { $count ->
    [one] { $count } accepté
   *[other] { $count } acceptés
}
count-fail = { $count ->
    [one] { $count } échec
   *[other] { $count } échecs
}
count-blocked = { $count ->
    [one] { $count } bloqué
   *[other] { $count } bloqués
}
count-skipped = { $count } omis
count-unimplemented = { $count ->
    [one] { $count } non fait
   *[other] { $count } non faits
}
count-inconclusive = { $count } indécis

# Lois.
law-protocol = le protocole propre à l’exercice
law-segmentation = les réponses ne dépendent pas des coupures entre segments
law-survival = un nouveau client est servi, quoi qu’ait fait un autre
law-isolation = un client n’en gêne jamais un autre
law-half-close = ce qui est demandé avant la fin de flux a sa réponse
law-encoding = le texte revient en texte valide
law-rest = rien n’est consommé au repos
law-datagrams = chaque datagramme a sa propre réponse
law-clients = un client s’en sort quand les réponses ne viennent pas
law-program = arguments, signaux, redémarrage
law-security = rien ne sort de la racine

# Niveaux.
level-1 = Niveau 1 : cela marche
level-2 = Niveau 2 : découpage et accents
level-3 = Niveau 3 : fins brusques et mauvaises entrées
level-4 = Niveau 4 : clients nombreux, pertes, charge
level-5 = Niveau 5 : le programme lui-même

# Rôles.
role-server = serveur
role-client = client
role-program = programme

# Remarques.
note-one-shot-ended = Le programme a pris fin après son premier client, comme l’énoncé le permet : le reste n’a pas pu être jugé à cette adresse. Avec `--run`, le harnais le démarre autant de fois qu’il le faut.
note-process-not-seen = Le processus du programme n’est pas visible d’ici : qu’il ne répondra pas a été décidé en attendant, ce qui est plus lent et moins sûr.
note-cuts-unverified = Le programme tourne sur une autre machine : les coupures entre segments n’ont pas pu être vérifiées.
note-died-after = Le programme n’accepte plus de connexion depuis le cas `{ $case }`.
note-died-after-hidden = Le programme n’accepte plus de connexion depuis un cas qui n’est pas montré.

# Comment la cible parle.
style-none = Le programme n’a jamais répondu : on ne sait rien de sa façon de parler.
style-canonical = Le programme parle comme la référence.
style-greeting = Il accueille chaque client par { $text }.
style-prompt = Il envoie l’invite { $text } après chaque réponse.
style-answer-end-cr-lf = Ses réponses finissent par CR LF au lieu de LF.
style-answer-end-nul = Ses réponses finissent par des octets nuls au lieu d’un saut de ligne.
style-answer-end-nothing = Ses réponses ne finissent par rien : seul le silence dit qu’elles sont complètes.
style-answer-lines = { $count ->
    [one] Chacune de ses réponses prend { $count } ligne.
   *[other] Chacune de ses réponses prend { $count } lignes.
}
style-prefix = Il écrit { $text } avant chaque réponse.
style-suffix = Il écrit { $text } après chaque réponse.
style-request-end-cr-lf = Il ne répond qu’aux requêtes finies par CR LF.
style-request-end-nothing = Il prend ce que rend un `recv` pour une requête, et un saut de ligne gâte la requête.
style-dialect-ascii = Il ne change que les lettres de a à z.
style-dialect-unicode = Il change aussi les lettres accentuées.
style-shown-prefix = Il affiche { $text } devant chaque ligne.
style-terminal = Il a reçu un terminal : dans un tube, ce qu’il affiche reste dans un tampon.
style-serving-one-shot = Il sert un client, puis prend fin.
style-serving-iterative = Il sert un client à la fois.
style-serving-parallel = Il sert plusieurs clients à la fois.

# Quelle part des échanges aboutit quand des datagrammes se perdent.
survival = { $attempts ->
    [one] Quand { $loss } % des datagrammes se perdent, { $survived } % des échanges aboutissent en un essai.
   *[other] Quand { $loss } % des datagrammes se perdent, { $survived } % des échanges aboutissent en { $attempts } essais au plus.
}
survival-short = Quand { $loss } % des datagrammes se perdent, { $survived } % des échanges aboutissent, où un serveur qui répond à chaque datagramme atteint { $possible } %.

# Comment parle un client.
manner-request-end-lf = Le client finit ses requêtes par LF.
manner-request-end-cr-lf = Le client finit ses requêtes par CR LF.
manner-request-end-nul = Le client finit ses requêtes par NUL.
manner-request-end-nothing = Le client ne finit ses requêtes par rien.
manner-shows-at-end = Ce qu’il affiche ne paraît qu’à sa fin : sa sortie reste dans un tampon.
manner-terminal = Un terminal lui a été donné.

# Titres et étiquettes du rapport pour terminal.
label-target = cible
label-loss = pertes
label-style = style
label-strict = strict
label-death = sa fin
label-said = il a dit
label-play = essai
label-expected = attendu
label-received = reçu
label-clause = clause
label-law = loi
label-cause = cause
label-hint = conseil
label-transcript = échange
label-reproduce = refaire
label-more = suite
label-also = même cause
label-note = remarque
strict-mode = Seules les réponses de la référence comptent (`--strict`).
failure-heading = Échec { $number } sur { $total }
accepted-heading = Accepté, mais autrement que la référence
waiting-heading = Pas encore jugé
target = { $target } ({ $role }), graine { $seed }
mend-first = À corriger d’abord : { $title }
variants = { $count ->
    [one] { $count } variante
   *[other] { $count } variantes
}
variants-named = { $count ->
    [one] { $count } variante : { $names }
   *[other] { $count } variantes : { $names }
}
variants-of = { $count ->
    [one] { $title } ({ $count } variante)
   *[other] { $title } ({ $count } variantes)
}
variants-too = { $count ->
    [one] { $title } (+ { $count } variante)
   *[other] { $title } (+ { $count } variantes)
}
plays = { $count ->
    [one] { $count } essai
   *[other] { $count } essais
}
first-difference = La première différence est à l’octet { $offset } (compté depuis 0).
ends-early = Ce qui est venu s’arrête à l’octet { $offset } (compté depuis 0).
goes-on = Il en est venu davantage après l’octet { $offset } (compté depuis 0).
nothing-expected = rien
nothing-received = rien
shortened = Seuls les octets { $from } à { $to } de { $total } sont montrés.
pattern-note = toute réponse de cette forme
flaky = Il a échoué { $failed } fois sur { $played } : le verdict ne se répète pas.
hidden-cases = { $count ->
    [one] { $count } cas n’est pas montré.
   *[other] { $count } cas ne sont pas montrés.
}
all-passed = Tout ce qui a été jugé est réussi.
nothing-judged = Rien n’a pu être jugé.
score = Note : { $points } sur { $max }

# Événements d’un échange.
event-open = se connecte
event-continue = continue sur la connexion du cas précédent
event-refused = connexion refusée
event-connect-timed-out = pas de réponse à la demande de connexion
event-unreachable = l’adresse est hors d’atteinte
event-connect-failed = la connexion échoue
event-double = le réseau le livre une fois de plus
event-lose = perdu par le réseau
event-hold = retenu par le réseau
event-elsewhere = de { $address }, qu’on n’a pas interrogé
event-send-failed = envoi impossible : l’autre côté a fermé
event-send-fin = finit son sens (FIN)
event-send-reset = réinitialise la connexion (RST)
event-close = ferme
event-stall = cesse de lire
event-resume = lit de nouveau
event-wait = laisse passer du temps
event-judged = (le verdict tombe ici)
event-fin = finit son sens (FIN)
event-reset = réinitialise la connexion (RST)
event-quiet-blocked = plus rien ne viendra : il attend une entrée
event-quiet-window = plus rien n’est venu pendant un moment
event-quiet-deadline = rien n’est venu à temps
event-quiet-busy = rien n’est venu à temps, et il tournait à pleine vitesse
event-read = a lu tout ce qui a été envoyé
event-unread = ne lit pas ce qui a été envoyé
event-flooded = il en vient trop : le reste n’est pas lu
event-starved = le harnais lui-même était trop en retard pour juger
event-type-end = fin de l’entrée
event-port-bound = un des nombres affichés est un port donné par le système, et il est pris
event-port-free = aucun des nombres affichés n’est un port donné par le système et pris
event-exit = finit avec le code { $code }
event-killed = est tué par { $signal }
event-nobody-listens = personne n’écoute
event-send-elsewhere = depuis une autre adresse
event-left-out = { $count ->
    [one] … { $count } événement omis …
   *[other] … { $count } événements omis …
}
bytes-left-out = { $count ->
    [one] … { $count } octet omis …
   *[other] … { $count } octets omis …
}
