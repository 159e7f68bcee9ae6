nothing-listens = rien n’écoute à l’adresse { $address } : lancez d’abord votre serveur, puis notez-le avec `sockspec grade { $exercise } { $address }`
connect-timed-out = { $address } n’a pas accepté de connexion à temps : l’adresse est-elle juste, et le serveur appelle-t-il `accept` ?
host-unreachable = { $address } ne peut pas être joint depuis cette machine
address-no-port = `{ $address }` n’a pas de port : écrivez HÔTE:PORT, par exemple 127.0.0.1:{ $example }
address-no-host = `{ $address }` n’a pas d’hôte : écrivez HÔTE:PORT, par exemple 127.0.0.1:{ $example }
address-bad-port = `{ $port }` dans `{ $address }` n’est pas un port : un port est un nombre de 1 à 65535
address-unresolved = l’hôte `{ $host }` de `{ $address }` est introuvable ({ $reason })
address-long-path = le chemin `{ $path }` dépasse les 107 octets que peut avoir le chemin d’une socket Unix
unknown-exercise-near = aucun exercice ne s’appelle `{ $exercise }` : vouliez-vous dire `{ $nearest }` ?
unknown-exercise = aucun exercice ne s’appelle `{ $exercise }`. Il y a : { $all }. Un fichier de spécification s’indique par son chemin.
machine = le système a refusé : { $reason }
unreadable = `{ $file }` ne peut pas être lu : { $reason }
unwritable = `{ $file }` ne peut pas être écrit : { $reason }
not-a-grade = `{ $file }` n’est pas une note enregistrée, telle que `--format json=FICHIER` l’écrit
no-file = `{ $file }` n’est pas un fichier
wrong-sums = `{ $file }` n’est pas une note telle qu’elle fut enregistrée : ses points ne sont pas la somme de ceux de ses cas
other-version = `{ $file }` dit qu’il est `{ $found }` : cette version lit `sockspec.grade/1`
bad-link = `{ $template }` n’est pas l’adresse d’une page : écrivez --link '{"{"}path{"}"}.html', ou une adresse qui commence par https:
unknown-format = `{ $format }` n’est pas un format. Il y a : { $all }
unknown-code = rien ne s’appelle `{ $code }` : vouliez-vous dire `{ $nearest }` ? `sockspec explain` les donne tous.
nothing-selected = aucun cas de `{ $exercise }` ne répond à la demande : voir `sockspec list { $exercise }`
spec-right = `{ $file }` est juste : { $cases } cas
spec-mistakes = { $count ->
    [one] `{ $file }` contient une erreur
   *[other] `{ $file }` contient { $count } erreurs
}
no-listening = personne ne peut se connecter à `{ $address }` : { $reason }
recording = enregistrement : que le client se connecte à { $address } ; ce qu’il dit est transmis à { $server }. Ctrl-C y met fin.
nothing-heard = rien n’a été dit : le client se connecte-t-il ici, et quelque chose écoute-t-il à { $server } ?
recording-cut = il fut dit plus que ce qu’un enregistrement garde : la fin a été transmise, et n’est pas dans la spécification
snapshots-written = { $count ->
    [0] Aucun dialogue n’a été écrit : tous sont dans { $folder } comme il faut.
    [one] Un dialogue a été écrit dans { $folder } : lisez-le avant de le garder.
   *[other] { $count } dialogues ont été écrits dans { $folder } : lisez-les avant de les garder.
}
snapshots-differ = { $count ->
    [0] Tout ce qui fut dit est comme il fut gardé : { $all } dialogues.
    [one] Un des { $all } dialogues n’est pas comme il fut gardé.
   *[other] { $count } des { $all } dialogues ne sont pas comme ils furent gardés.
}
no-snapshot = { $case } : rien n’est gardé de ce cas ; `sockspec snapshot record` le fait
bad-scale = `{ $given }` n’est pas un barème : écrivez la meilleure note, ou PIRE..MEILLEURE, par exemple --scale 20 ou --scale 0..10
bad-number = { $option } attend { $range }
dialogues-played = { $count } dialogues en { $seconds } s : { $rate } par seconde
grading-embedded = notation du serveur de référence intégré de `{ $exercise }`, qui écoute sur { $address }
not-executed = `{ $command }` ne peut pas être exécuté : { $reason }. Le programme est-il là, et le chemin est-il bon depuis ce dossier ?
no-place = la commande de { $option } n’a pas de `{ $placeholder }` : le harnais choisit la place de chaque serveur, la commande doit donc dire où cela se met, par exemple `python3 server.py { $placeholder }`
unclosed = un guillemet de la commande de { $option } n’est pas fermé
no-command = la commande de { $option } est vide
no-folder = `{ $folder }` n’est pas un dossier
no-value = l’exercice `{ $exercise }` n’a rien à mettre à la place de `{ $placeholder }`
bad-limit = `{ $item }` n’est pas une limite : écrivez QUOI=SECONDES, par exemple start=30 ; QUOI est build, start ou total
fuzz-nothing-to-say = `{ $exercise }` n’a aucun dialogue fixe qui montre si un programme vit : une recherche ne trouverait rien
fuzz-not-answered = le dialogue témoin ne reçoit pas les bonnes réponses : corrigez cela d’abord, voir `sockspec grade { $exercise } { $address }`
fuzz-ended = le programme à l’adresse { $address } a servi un client et pas d’autre : une recherche demande un programme qui continue à servir
fuzz-played = { $exercise } à l’adresse { $address } : { $cases ->
    [one] { $cases } cas joué
   *[other] { $cases } cas joués
} en { $seconds } s ({ $rate } par seconde), graine { $seed }.
fuzz-left-out = { $count ->
    [one] Un cas a été laissé de côté : il contient un dialogue qui échoue tel quel.
   *[other] { $count } cas ont été laissés de côté : ils contiennent un dialogue qui échoue tel quel.
}
fuzz-found = { $count ->
    [0] Rien n’a été trouvé.
    [one] Un échec a été trouvé :
   *[other] { $count } échecs ont été trouvés :
}
fuzz-file = cas { $number } : { $file }
fuzz-flaky = Il n’a échoué qu’à { $times } des reprises.
fuzz-not-replayed = Il n’a pas pu être rejoué : le programme ne servait plus personne.
fuzz-alike = { $count ->
    [one] Un autre cas a échoué de même.
   *[other] { $count } autres cas ont échoué de même.
}
fuzz-replay = Pour le rejouer : sockspec grade { $file } { $address }
fuzz-asked = La recherche a été interrompue.
fuzz-died = La recherche a fini plus tôt : le programme ne sert plus personne. Relancez-le, et continuez avec une autre --seed.
fuzz-spins = La recherche a fini plus tôt : après chaque client, le programme continue à pleine vitesse. Corrigez cela d’abord, voir `sockspec explain spins-at-eof`.
fuzz-out-of-ports = La recherche a fini plus tôt : le système n’a plus de port libre pour des connexions vers cette adresse. Continuez dans une minute, avec une autre --seed.
fuzz-progress = { $cases ->
    [one] { $cases } cas joué
   *[other] { $cases } cas joués
}, { $found ->
    [one] { $found } échec trouvé
   *[other] { $found } échecs trouvés
}
bad-port = `{ $port }` n’est pas un port : un port est un nombre de 0 (le système choisit) à 65535
no-port = --port attend un nombre : `sockspec serve { $exercise } --port 2056`
doctor-state-ok = OK
doctor-state-limited = limité
doctor-state-missing = MANQUE
doctor-loopback = Les connexions TCP par 127.0.0.1 marchent : les serveurs sont notés là.
doctor-no-loopback = Aucune connexion TCP par 127.0.0.1 n’est possible ({ $reason }) : aucun serveur ne peut être noté ici.
doctor-free-port = Des ports sont libres : avec `--run`, chaque serveur a le sien.
doctor-no-free-port = Aucun port n’est libre ({ $reason }) : avec `--run`, aucun serveur ne peut être lancé.
doctor-start = Des programmes peuvent être lancés : `--run` et `--build` marchent.
doctor-no-start = Aucun programme ne peut être lancé ({ $reason }) : `--run` et `--build` ne marchent pas.
doctor-socket-tables = Le noyau dit ce qu’un serveur a lu : les coupes entre segments sont sûres, et les notations rapides.
doctor-no-socket-tables = Le noyau ne dit pas ce qu’un serveur a lu ({ $reason }) : les coupes entre segments se font en attendant, ce qui est plus lent et moins sûr.
doctor-processes = On voit ce qu’attend un programme lancé : un silence est connu aussitôt, et une mémoire qui grossit est trouvée.
doctor-no-processes = On ne voit pas ce qu’attend un programme lancé ({ $reason }) : le silence se décide par des délais, et une mémoire qui grossit n’est pas trouvée.
doctor-loopback-v6 = Les connexions TCP par ::1 marchent : un serveur peut écouter en IPv6.
doctor-no-loopback-v6 = Il n’y a pas d’IPv6 ici ({ $reason }) : un serveur qui n’écoute qu’en IPv6 ne peut pas être noté.
doctor-second-address = 127.0.0.2 est une adresse de cette machine : des réponses venues d’ailleurs peuvent être essayées.
doctor-no-second-address = 127.0.0.2 n’est pas une adresse de cette machine ({ $reason }) : ce qui demande une seconde adresse n’est pas essayé.
doctor-unix-socket = Les sockets Unix marchent : les exercices qui en usent peuvent être notés.
doctor-no-unix-socket = Les sockets Unix ne marchent pas ({ $reason }) : les exercices qui en usent ne peuvent pas être notés.
doctor-terminal = Il y a des pseudo-terminaux : un programme peut être essayé comme le ferait une personne au terminal.
doctor-no-terminal = Il n’y a pas de pseudo-terminaux ({ $reason }) : les programmes ne sont essayés que par des tubes.
doctor-tool = { $tool } se trouve en { $path }.
doctor-no-tool = { $tool } n’est pas dans le chemin de recherche : ce qui en a besoin ne marche pas ici.
doctor-locale = La locale { $locale } est en UTF-8 : les programmes qui la suivent écrivent bien les accents.
doctor-no-utf8 = La locale { $locale } n’est pas en UTF-8 : les programmes qui la suivent peuvent échouer sur des accents ; `LC_ALL=C.UTF-8` y remédie.
doctor-grading-works = La notation marche sur cette machine.
doctor-grading-fails = La notation ne marche pas sur cette machine : voyez ce qui manque.
no-clients = `{ $exercise }` ne demande qu’un serveur : il n’y a pas de client à noter
