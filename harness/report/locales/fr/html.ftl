# Ce que seule dit la page pour navigateur.
html-skip = Aller à ce qui n’a pas marché
html-failures = Ce qui n’a pas marché
html-same = { $count ->
    [one] { $count } autre cas échoue pour la même cause
   *[other] { $count } autres cas échouent pour la même cause
}
html-cases = Tous les cas
html-verdict = verdict
html-case = cas
html-what = quoi
html-who = qui
html-size = octets
html-points = { $count ->
    [one] point
   *[other] points
}
html-started = noté
html-when = { $started }, en { $seconds } s
html-exchange = L’échange
html-diagram-text = { $count ->
    [one] Schéma de { $count } événement. Le tableau qui suit dit la même chose.
   *[other] Schéma de { $count } événements, de haut en bas. Le tableau qui suit dit la même chose.
}
html-bytes = Chaque événement, octet par octet
html-many-clients = Trop de clients pour un schéma : le tableau dit ce qui s’est passé.
html-wanted = attendu : { $text }
html-cut = coupure
html-cut-inside = coupure dans { $character }
html-torn = une partie d’un caractère : le reste est dans le segment d’avant ou d’après
html-read = lu avant l’envoi suivant
html-unverified = acquitté ; la coupure n’est pas vérifiée
html-reproduce = Le voir à la main
html-copy = Copier
html-copied = Copié.
html-made-by = Écrit par { $tool }. Les octets du programme sont ici échappés ; rien de cette page ne vient d’ailleurs.
