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
not-a-grade = `{ $file }` n’est pas une note enregistrée : { $reason }
unknown-format = `{ $format }` n’est pas un format. Il y a : { $all }
unknown-code = rien ne s’appelle `{ $code }` : vouliez-vous dire `{ $nearest }` ? `sockspec explain` les donne tous.
nothing-selected = aucun cas de `{ $exercise }` ne répond à la demande : voir `sockspec list { $exercise }`
spec-right = `{ $file }` est juste : { $cases } cas
spec-mistakes = { $count ->
    [one] `{ $file }` contient une erreur
   *[other] `{ $file }` contient { $count } erreurs
}
bad-number = { $option } attend { $range }
dialogues-played = { $count } dialogues en { $seconds } s : { $rate } par seconde
grading-embedded = notation du serveur de référence intégré de `{ $exercise }`, qui écoute sur { $address }
not-executed = `{ $command }` ne peut pas être exécuté : { $reason }. Le programme est-il là, et le chemin est-il bon depuis ce dossier ?
no-place = la commande de --run n’a pas de `{ $placeholder }` : le harnais choisit où chaque serveur écoute, la commande doit donc dire où cela se place, par exemple `python3 server.py { $placeholder }`
unclosed = un guillemet de la commande de { $option } n’est pas fermé
no-command = la commande de { $option } est vide
no-folder = `{ $folder }` n’est pas un dossier
bad-limit = `{ $item }` n’est pas une limite : écrivez QUOI=SECONDES, par exemple start=30 ; QUOI est build, start ou total
