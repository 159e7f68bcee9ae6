# Les causes : ce qu’est l’erreur, en une phrase, et que faire, en deux.

cause-not-listening-title = Rien n’écoute à cette adresse, ou le programme n’accepte pas les connexions.
cause-not-listening-hint = Vérifier que le programme tourne, que `bind` et `listen` ont réussi, et que l’hôte, le port et le transport sont bien ceux donnés au harnais. `ss -ltnp` (TCP) ou `ss -lunp` (UDP) montre ce qui écoute vraiment sur cette machine.

cause-never-answers-title = Le programme accepte mais ne répond jamais.
cause-never-answers-hint = Vérifier que le programme atteint bien la ligne qui envoie, et que la réponse quitte tout de suite son tampon. Une trace sur stderr avant et après chaque `recv` et chaque `send` montre où il attend.

cause-wrong-answer-title = La réponse n’est pas celle que demande l’exercice.
cause-wrong-answer-hint = Comparer les deux textes à partir du premier octet qui diffère : espaces, majuscules, accents et fins de ligne comptent tous. Relire la clause de l’énoncé citée à côté de l’échec.

cause-one-recv-one-message-title = Le programme prend ce que rend un `recv` pour un message entier.
cause-one-recv-one-message-hint = TCP transporte un flux d’octets : un message peut arriver en plusieurs morceaux, et plusieurs messages en un seul. Garder ce qui arrive dans un tampon et ne traiter un message que quand sa fin (ici le saut de ligne) est là.

cause-decodes-each-chunk-title = Le programme décode chaque morceau reçu comme un texte UTF-8 à part.
cause-decodes-each-chunk-hint = Un segment peut finir au milieu d’un caractère de plusieurs octets, comme é. Rassembler d’abord les octets du message entier, puis décoder ; ou employer un décodeur qui se souvient du caractère inachevé.

cause-split-character-title = Un caractère coupé entre deux segments revient abîmé.
cause-split-character-hint = Les octets d’un même caractère peuvent arriver en deux lectures : aucune lecture ne se change seule en texte. Travailler sur les octets, ou ne décoder que des messages complets.

cause-answers-first-only-title = De plusieurs requêtes reçues ensemble, seule la première a une réponse.
cause-answers-first-only-hint = Un seul `recv` peut rendre plusieurs requêtes. Après chacune, chercher encore une requête complète dans le tampon avant de relire la socket.

cause-loses-tail-title = Ce qui suit la première fin de ligne d’un segment est perdu.
cause-loses-tail-hint = Ce qui vient après la fin de ligne est le début de la requête suivante. Le garder en tête du tampon au lieu de vider le tampon.

cause-keeps-carriage-return-title = Le CR d’une ligne finie par CR LF reste dans la requête.
cause-keeps-carriage-return-hint = Certains clients, comme telnet ou des programmes Windows, finissent leurs lignes par CR LF. Après avoir ôté le LF, ôter un CR s’il y en a un.

cause-missing-newline-title = Les réponses ne finissent pas par un saut de ligne.
cause-missing-newline-hint = Sans `\n`, le client ne peut pas savoir que la réponse est complète et continue d’attendre. Ajouter un `\n` à la fin de chaque réponse.

cause-requests-not-by-line-title = Les requêtes ne sont pas lues ligne par ligne.
cause-requests-not-by-line-hint = Dans cet exercice une requête finit par un saut de ligne, quoi que rende `recv`. Lire jusqu’au `\n`, l’ôter (et un CR juste avant), puis traiter la requête.

cause-bytes-versus-characters-title = Une longueur est comptée en caractères au lieu d’octets.
cause-bytes-versus-characters-hint = En UTF-8, é prend deux octets et € trois : la longueur d’un texte n’est pas sa longueur sur le réseau. Encoder d’abord, puis mesurer les octets.

cause-ascii-only-mapping-title = Seules les lettres de a à z changent de casse ; les lettres accentuées restent telles quelles.
cause-ascii-only-mapping-hint = Les fonctions de casse de C, et celles qui travaillent sur des octets, ne connaissent que l’ASCII. Décoder la requête en UTF-8 et employer les fonctions de casse du type texte.

cause-truncates-at-buffer-title = Ce qui ne tient pas dans un tampon de taille fixe est perdu.
cause-truncates-at-buffer-hint = La taille donnée à `recv` dit combien un appel peut rendre, non la longueur d’un message. Boucler et laisser grandir le tampon jusqu’à la limite de l’exercice.

cause-dies-on-invalid-utf8-title = Des octets qui ne sont pas de l’UTF-8 arrêtent tout le programme.
cause-dies-on-invalid-utf8-hint = Une erreur de décodage que personne n’attrape remonte jusqu’au programme principal. L’attraper là où ce qui est reçu est décodé : un serveur répond par une ligne d’erreur, un client affiche ce qu’il peut, et tous deux continuent.

cause-closes-on-invalid-utf8-title = Des octets qui ne sont pas de l’UTF-8 mettent fin à la connexion.
cause-closes-on-invalid-utf8-hint = Une requête indécodable est une mauvaise requête, pas la fin du dialogue. Répondre par une ligne d’erreur, puis lire la requête suivante.

cause-dies-on-empty-line-title = Une requête vide arrête le programme.
cause-dies-on-empty-line-hint = Une ligne vide n’a pas de premier mot : le prendre sans regarder est une erreur dans la plupart des langages. Tester si la requête est vide avant de la découper.

cause-dies-on-reset-title = Une connexion réinitialisée par le client arrête tout le programme.
cause-dies-on-reset-hint = Un client peut disparaître à tout moment : `recv` et `send` échouent alors avec ECONNRESET ou EPIPE. Attraper l’erreur pour ce client, fermer sa socket et continuer à servir les autres.

cause-service-dies-title = Après ce qu’a fait un client, le service ne répond plus à personne.
cause-service-dies-hint = L’erreur d’un client doit rester chez ce client. Entourer le traitement de chaque client d’une gestion d’erreurs, et revenir à `accept` quoi qu’il arrive.

cause-spins-at-eof-title = À la fin du flux, le programme tourne en boucle au lieu de fermer.
cause-spins-at-eof-hint = Quand `recv` rend 0 octet, le client a fini d’envoyer et plus rien ne viendra. Sortir de la boucle et fermer la socket.

cause-never-closes-title = Le programme ne ferme jamais la connexion.
cause-never-closes-hint = Après la fin de flux du client et la dernière réponse, fermer la socket. Dans le serveur, tout chemin qui sort du traitement d’un client doit finir par `close`.

cause-closes-early-title = Le programme ferme la connexion avant la fin du dialogue.
cause-closes-early-hint = Une réponse n’est pas la fin du dialogue : le client peut redemander sur la même connexion. Lire et répondre en boucle jusqu’à la fin du flux, ou jusqu’au mot qui termine l’exercice.

cause-stops-reading-title = Le programme cesse de lire alors que le client continue.
cause-stops-reading-hint = Un `recv` rend ce qui est venu jusque-là, non tout ce qui viendra. Lire en boucle jusqu’à ce que `recv` rende zéro octet : cela seul est la fin du client.

cause-loses-answers-at-half-close-title = Les requêtes envoyées juste avant la fin de flux du client restent sans réponse.
cause-loses-answers-at-half-close-hint = Le FIN du client dit qu’il n’envoie plus, non qu’il ne lit plus. Traiter tout ce qui est déjà reçu, envoyer les réponses, puis fermer.

cause-one-client-at-a-time-title = Un second client attend que le premier soit parti.
cause-one-client-at-a-time-hint = L’exercice demande plusieurs clients à la fois. Donner à chaque connexion acceptée son propre thread, processus ou tâche, ou les surveiller toutes avec `select` ou `poll`.

cause-shared-state-title = Les clients partagent ce qui devrait appartenir à chacun.
cause-shared-state-hint = Une variable globale est la même pour tous les clients. Garder le tampon et l’état d’un dialogue dans des variables locales à ce client.

cause-unbounded-line-title = Une ligne sans fin n’est ni refusée ni bornée.
cause-unbounded-line-hint = Un client qui n’envoie jamais `\n` fait grandir le tampon jusqu’à épuiser la mémoire. Fixer une longueur maximale de ligne et refuser ce qui la dépasse.

cause-missing-flush-title = La sortie reste dans un tampon qui n’est pas vidé.
cause-missing-flush-hint = Les objets de type fichier et `printf` gardent la sortie jusqu’à ce que leur tampon soit plein. Vider le tampon (`flush`) après chaque réponse ou chaque ligne.

cause-pads-with-nul-title = Les réponses contiennent des octets nuls.
cause-pads-with-nul-hint = Le tampon entier est envoyé, ou le zéro final d’une chaîne C avec elle. Envoyer exactement le nombre d’octets de la réponse.

cause-leaks-previous-datagram-title = Une réponse finit par des octets d’une réponse précédente, plus longue.
cause-leaks-previous-datagram-hint = Le tampon garde encore la fin de ce qu’il a reçu avant. N’employer que le nombre d’octets rendu par `recv` ou `recvfrom`.

cause-stops-at-empty-datagram-title = Un datagramme vide arrête le serveur.
cause-stops-at-empty-datagram-hint = En UDP, 0 octet est un message comme un autre, pas une fin : il n’y a pas de connexion à fermer. Y répondre comme le dit l’exercice, et continuer.

cause-skips-first-datagram-title = Le tout premier datagramme ne reçoit pas de réponse.
cause-skips-first-datagram-hint = En C, la longueur de l’adresse doit contenir sa taille avant chaque `recvfrom` : sans cela l’adresse reste vide, et la réponse ne va nulle part.

cause-answers-late-title = Les réponses arrivent avec une requête de retard.
cause-answers-late-hint = Un reste d’un échange précédent est pris pour l’échange présent. Suivre ce qui demeure dans les tampons après chaque échange : rien, ou le début de la requête suivante.

cause-nul-terminated-title = Un octet nul coupe le texte.
cause-nul-terminated-hint = Les fonctions de C sur les chaînes s’arrêtent au premier octet nul, et le réseau peut en apporter un. Employer la longueur rendue par `recv`, avec des fonctions qui prennent une longueur.

cause-first-word-only-title = Seul le premier mot de ce qui a été envoyé est traité.
cause-first-word-only-hint = Le reste de la ligne se perd quand elle est découpée à ses espaces, ou lue mot par mot. Couper une seule fois, au premier espace, et garder tout ce qui suit ; lire des lignes entières.
cause-format-string-title = Le texte du client est pris pour un format de `printf`.
cause-format-string-hint = `printf(texte)` lit les `%d`, `%s` ou `%n` de ce que le client a écrit, et des arguments que personne n’a donnés. Écrire `printf("%s", texte)`, ou envoyer les octets eux-mêmes avec leur longueur.

cause-ignores-partial-write-title = De grandes données reviennent incomplètes parce qu’une écriture partielle est ignorée.
cause-ignores-partial-write-hint = `send` peut ne prendre qu’une partie de ce qu’on lui donne, et rend combien. Boucler jusqu’à ce que tout soit envoyé, ou employer la fonction qui le fait (`sendall`, `write_all`).

cause-wrong-time-title = La date ou l’heure n’est pas celle d’à présent.
cause-wrong-time-hint = Vérifier l’origine (1970 pour Unix, 1900 pour le protocole TIME), l’unité (secondes ou millisecondes), l’ordre des octets et le fuseau horaire. `date +%s` donne l’heure Unix à comparer.

cause-byte-order-title = Un nombre est envoyé octet de poids faible en premier.
cause-byte-order-hint = Sur le réseau, l’octet de poids fort part en premier. Convertir avant d’envoyer : `htonl` en C, `struct.pack("!I", n)` en Python, `writeInt` en Java.

cause-wrong-epoch-title = Les secondes sont comptées depuis 1970 au lieu de 1900.
cause-wrong-epoch-hint = Le protocole TIME (RFC 868) compte depuis le 1er janvier 1900. Ajouter 2 208 988 800 à l’heure Unix.

cause-wrong-width-title = Un nombre n’est pas envoyé sur le nombre d’octets voulu.
cause-wrong-width-hint = Quatre octets sont demandés : ni des chiffres en texte, ni un entier de huit octets. Convertir en un type de 32 bits sans signe, puis envoyer ses octets et rien d’autre.

cause-frozen-time-title = L’horloge est arrêtée : deux requêtes reçoivent la même heure.
cause-frozen-time-hint = L’heure n’a été lue qu’une fois, sans doute avant la boucle. Lire l’horloge à chaque requête.

cause-strips-argument-title = L’argument ne revient pas tel qu’il a été envoyé.
cause-strips-argument-hint = L’argument est tout ce qui suit la première espace, espaces intérieures et extérieures comprises. Ne couper la ligne qu’à sa première espace, et n’ôter que la fin de ligne.

cause-normalises-accents-title = Les accents composés et décomposés ne reviennent pas tels qu’ils ont été envoyés.
cause-normalises-accents-hint = é peut s’écrire en un seul point de code, ou e suivi d’un accent : l’aspect est le même mais les octets diffèrent. Ne pas normaliser ce que l’exercice demande de rendre.

cause-broken-rules-title = Le jeu ne suit pas ses propres règles.
cause-broken-rules-hint = Rejouer la transcription à la main : chaque indice doit s’accorder avec un même secret, et le nombre d’essais avec celui annoncé. Vérifier les comparaisons, le compte, et ce qui est tiré de nouveau à chaque essai.

cause-extra-output-title = Le programme envoie des octets que personne n’a demandés.
cause-extra-output-hint = Une trace, une invite ou une seconde fin de ligne part chez le client avec les réponses. N’envoyer que ce que dit le protocole ; les traces vont sur stderr.

cause-replies-from-elsewhere-title = La réponse vient d’une autre adresse ou d’un autre port que ceux interrogés.
cause-replies-from-elsewhere-hint = Un client n’accepte de réponses que de l’adresse et du port auxquels il a écrit. Répondre avec la socket qui a reçu la requête.

cause-stops-after-first-request-title = Seule la première requête, ou le premier client, a une réponse.
cause-stops-after-first-request-hint = Un serveur boucle sur les clients et, pour chacun, sur les requêtes. Vérifier qu’aucun `return`, `break` ou `close` ne sort de ces boucles après la première réponse.

cause-waits-for-newline-title = Rien ne revient tant qu’un saut de ligne n’est pas arrivé.
cause-waits-for-newline-hint = Cet exercice ne connaît pas de lignes : chaque octet est à rendre dès qu’il arrive. Lire ce qui est là avec `recv` ou `read`, et non avec une fonction qui attend une ligne entière ou un tampon plein.

cause-answers-twice-title = Une requête reçoit plusieurs fois sa réponse.
cause-answers-twice-hint = La réponse part de deux endroits du programme. Ne garder qu’un seul envoi par requête, et quitter le traitement (`return`, `continue`, `break`) dès qu’il a répondu.

cause-second-client-refused-title = Un second client est éconduit tant que le premier est là.
cause-second-client-refused-hint = Garder la socket d’écoute ouverte et revenir à `accept` pendant que le premier client est servi. Ni fermer la socket d’écoute après le premier client, ni fermer la connexion des suivants.

cause-replies-to-wrong-client-title = La réponse va à un autre client que celui qui a demandé.
cause-replies-to-wrong-client-hint = Répondre à l’adresse que ce `recvfrom` a rendue, ou sur la connexion où la requête a été lue. Ne pas retenir « le client » dans une variable commune.

cause-drops-last-byte-title = Le dernier octet d’un message est perdu.
cause-drops-last-byte-hint = Une longueur est trop courte de un, ou le dernier octet est ôté comme s’il était toujours un saut de ligne. Envoyer exactement ce qui a été reçu, et n’ôter la fin de ligne que si elle est là.

cause-build-fails-title = Le programme ne se construit pas.
cause-build-fails-hint = Construisez-le à la main par la même commande, dans le même dossier, et corrigez la première erreur que le compilateur montre : les autres en découlent souvent.

cause-dies-at-start-title = Le programme s’arrête avant d’écouter.
cause-dies-at-start-hint = Lancez-le à la main par la même commande et lisez ce qu’il écrit sur stderr. Le plus souvent un argument est lu au mauvais rang, un fichier manque, ou `bind` est refusé.

cause-listens-elsewhere-title = Le programme écoute sur un autre port que celui qu’on lui a donné.
cause-listens-elsewhere-hint = Prenez le port sur la ligne de commande au lieu de l’écrire dans le programme, convertissez-le en nombre, et en C mettez-le dans l’ordre du réseau avec `htons`.

cause-unimplemented-title = Le programme dit qu’il ne fait pas cet exercice.
cause-unimplemented-hint = Rien n’a été jugé, et aucun point n’est gagné. Une fois l’exercice écrit, retirez le message, ou le code de sortie 127.

cause-wrong-size-title = La taille annoncée n’est pas celle de ce qui suit.
cause-wrong-size-hint = Lire d’abord le fichier en octets, annoncer la longueur de ces octets, puis envoyer exactement ceux-là : ni fin de ligne derrière, ni conversion entre les deux.

cause-not-http-title = Ce que le programme envoie n’est pas une réponse HTTP.
cause-not-http-hint = Une réponse est une ligne d’état (`HTTP/1.1 200 OK`), des lignes `Nom: valeur`, une ligne vide, puis le corps. Chaque ligne finit par CR LF, et `Content-Length` donne le nombre d’octets du corps.

cause-leaves-root-title = Un chemin fait sortir du dossier qui est servi.
cause-leaves-root-hint = Calculer le chemin réel comme le système (`realpath`), liens compris, puis vérifier que le résultat est sous la racine réelle, nom par nom. Chercher `..` dans le texte ne suffit pas.

cause-arguments-not-checked-title = Le programme ne vérifie pas ses arguments.
cause-arguments-not-checked-hint = Regardez combien il y a d’arguments avant d’en lire un, et si tout le texte est un nombre de 1 à 65535. Sinon, dites sur stderr comment le programme s’appelle, et finissez avec le code 1.

cause-fails-silently-title = Le programme échoue sans le dire.
cause-fails-silently-hint = Qui lance un programme apprend deux choses de sa fin : le code de sortie, que lisent les scripts, et le message sur stderr, que lisent les gens. Quand quelque chose a échoué, donnez les deux : une phrase, et un code autre que 0.

cause-ignores-failed-bind-title = Le programme ne voit pas que `bind` a échoué.
cause-ignores-failed-bind-hint = Regardez ce que rend `bind` : quand il échoue, le port n’est pas à vous. Sans lui, `listen` prend un port libre quelconque, où personne ne vous cherchera.

cause-ignores-signals-title = SIGINT ou SIGTERM n’arrête pas le programme.
cause-ignores-signals-hint = Laissez aux deux signaux leur effet habituel, ou traitez-les et finissez vraiment : fermez la socket d’écoute, n’attendez pas les clients. En Python, que les fils des clients soient « daemon », et ne rattrapez jamais `KeyboardInterrupt` sans quitter la boucle.

cause-no-reuse-address-title = Le programme ne peut pas être relancé aussitôt : son port est encore pris.
cause-no-reuse-address-hint = Mettez `SO_REUSEADDR` sur la socket avant `bind`. Les connexions que le serveur a fermées le premier restent une minute en TIME_WAIT, et gardent le port contre un programme qui ne le demande pas.

cause-dies-when-stopped-title = Suspendu puis repris, le programme ne sert plus.
cause-dies-when-stopped-hint = Un appel système peut revenir plus tôt avec EINTR : rien n’a échoué, il a seulement été interrompu. Refaites l’appel au lieu d’y voir une erreur.

cause-gives-up-on-silence-title = Après un moment de silence, le programme renonce : un délai qu’il s’est donné l’arrête, ou arrête le dialogue.
cause-gives-up-on-silence-hint = Un client peut réfléchir aussi longtemps qu’il veut, et personne ne peut venir pendant une heure. Ne donnez pas de délai aux sockets d’un serveur, ou prenez sa fin (`socket.timeout`, `SocketTimeoutException`, EAGAIN) pour ce qu’elle est, rien encore, et attendez de nouveau.

cause-busy-waits-title = Le programme demande sans cesse au lieu d’attendre.
cause-busy-waits-hint = Un `accept` ou un `recv` bloquant ne coûte rien pendant qu’il attend. Avec des sockets non bloquantes, attendez dans `select`, `poll` ou `epoll` que l’une d’elles ait quelque chose, sans délai de 0.

cause-leaks-descriptors-title = Des descripteurs restent ouverts quand leurs clients sont partis.
cause-leaks-descriptors-hint = Fermez la socket de chaque client sur tous les chemins qui sortent de son dialogue, erreurs comprises ; `shutdown` seul ne ferme pas. Fermez aussi les fichiers ouverts pour un client.

cause-leaks-threads-title = Des fils d’exécution continuent quand leurs clients sont partis.
cause-leaks-threads-hint = Le fil d’un client doit arriver à sa fin : sa boucle finit quand `recv` rend la fin du flux ou une erreur. Un fil auxiliaire d’un client doit apprendre que le client est parti.

cause-leaves-children-title = Des processus enfants continuent quand leurs clients sont partis.
cause-leaves-children-hint = Son client parti, un enfant doit appeler `exit`, sur tous les chemins. Sans cela il retombe dans la boucle du parent et accepte lui-même des clients.

cause-leaves-zombies-title = Les enfants qui ont fini ne sont pas attendus.
cause-leaves-zombies-hint = Un enfant qui a fini garde sa place dans la table des processus jusqu’à ce que son parent appelle `wait`. Appelez `waitpid` avec WNOHANG en boucle avant chaque `accept`, ou ignorez SIGCHLD et le système s’en charge.

cause-leaks-memory-title = La mémoire grandit avec chaque client qui est passé.
cause-leaks-memory-hint = Ce qui appartient à un client doit partir avec lui : libérez son tampon, retirez-le de la liste des clients. Les objets qu’une liste globale tient encore ne sont jamais récupérés.

cause-line-not-shown-title = Ce qui doit s’afficher sur la sortie du programme ne s’affiche pas.
cause-line-not-shown-hint = Affiche chaque ligne dès qu’elle est complète, entière, suivie d’un saut de ligne, sur la sortie standard.

cause-shown-twice-title = Une ligne s’affiche plus souvent qu’elle n’est arrivée.
cause-shown-twice-hint = Affiche une ligne là où elle est complète, une fois, et retire-la du tampon. Deux endroits du programme qui affichent, c’est un de trop.

cause-choice-not-checked-title = Un menu ne vérifie pas ce qui est tapé.
cause-choice-not-checked-hint = Lis une ligne, compare-la aux choix comme un texte, et pour tout le reste affiche un message et de nouveau la liste. Ne change un texte en nombre que là où une erreur est rattrapée.

cause-port-not-bound-title = Le port affiché n’est pas celui d’une socket du programme.
cause-port-not-bound-hint = Attacher la socket au port 0, demander à `getsockname` le port que le système a choisi, afficher ce nombre, et garder la socket ouverte.

cause-port-not-converted-title = Un port est affiché dans l’ordre des octets du réseau.
cause-port-not-converted-hint = `sin_port` contient le port dans l’ordre des octets du réseau : afficher `ntohs(adresse.sin_port)`.

cause-leaves-wrongly-title = Un programme ne se termine pas, ou pas avec le code de sortie 0, quand son utilisateur a fini.
cause-leaves-wrongly-hint = Le choix de quitter et la fin de la saisie sont des fins normales. Sors de la boucle, et termine avec le code de sortie 0.

cause-typed-not-sent-title = Un client n’envoie pas ce qui est tapé.
cause-typed-not-sent-hint = Lire une ligne sur l’entrée standard, retirer sa fin de ligne, et l’envoyer aussitôt avec la fin de ligne du protocole. `sendall` (ou une boucle sur `send`) envoie tout.

cause-incomplete-request-title = La requête d’un client n’est pas entière.
cause-incomplete-request-hint = Le serveur répond quand la requête est finie comme le dit le protocole : en HTTP par une ligne vide, `\r\n\r\n` derrière le dernier en-tête. L’envoyer tout entière avant de lire.

cause-speaks-out-of-turn-title = Une ligne est envoyée avant son tour.
cause-speaks-out-of-turn-hint = À tour de rôle, qui a envoyé une ligne en attend une avant d’envoyer la suivante. Ce qui est tapé entre-temps reste où il est : ne lire le clavier que quand c’est son tour.

cause-waits-at-keyboard-title = Un programme continue d’attendre au clavier alors que l’autre côté est parti.
cause-waits-at-keyboard-hint = Une lecture bloquante du clavier ne voit rien du réseau. Surveiller les deux avec `select`, ou laisser un fil ou un processus fils surveiller la connexion et terminer tout le programme à sa fin.

cause-answer-not-shown-title = Un client n’affiche pas la réponse du serveur.
cause-answer-not-shown-hint = Après chaque requête, recevoir jusqu’à ce que la réponse soit complète, puis l’afficher sur la sortie standard. Afficher le texte de la réponse lui-même, décodé, et rien à sa place.

cause-hides-lost-server-title = Un client ne dit rien d’un serveur parti, ou qui n’a jamais été là.
cause-hides-lost-server-hint = `recv` rend zéro octet quand le serveur a fermé, et une erreur quand il a coupé ou refuse. Afficher un message sur stderr et finir avec un code autre que 0.

cause-ends-wrongly-title = Un client ne finit pas, ou pas avec le code 0, quand son utilisateur ou le dialogue finit.
cause-ends-wrongly-hint = `quit`, la fin de l’entrée standard et la fin du dialogue sont des fins normales. Quitter la boucle, fermer la socket, et finir avec le code 0.

cause-waits-for-ever-title = Un client UDP attend sans fin une réponse qui s’est perdue.
cause-waits-for-ever-hint = Les datagrammes se perdent : `recvfrom` seul peut ne jamais revenir. Fixer un délai, renvoyer quelques fois, puis dire qu’aucune réponse n’est venue.

cause-takes-any-sender-title = Un client prend des réponses de n’importe où.
cause-takes-any-sender-hint = Tout le monde peut envoyer un datagramme à un port. Appeler `connect` sur la socket UDP, ou comparer l’adresse que rend `recvfrom` avec celle qui a été interrogée.

cause-takes-late-answer-title = Un client prend une réponse tardive ou doublée pour celle de la question suivante.
cause-takes-late-answer-hint = Le réseau peut livrer un datagramme en retard, ou deux fois. Jeter ce qui attend avant de demander, et vérifier qu’une réponse convient à la question.

cause-not-judged-title = Ce cas n’a pas pu être jugé.
cause-not-judged-hint = Il ne dit rien pour ou contre le programme, et ne coûte aucun point sauf si un autre cas est à corriger d’abord. La phrase ci-dessus dit ce qui manque.

cause-too-few-clients-title = Seuls quelques clients sont servis à la fois : un de plus attend, ou est éconduit.
cause-too-few-clients-hint = Rien dans l’exercice ne limite le nombre de clients. Donner à chaque connexion acceptée son propre fil d’exécution plutôt qu’une place dans un petit groupe ou un petit tableau fixe.

cause-killed-by-sigpipe-title = Écrire à un client parti arrête tout le programme.
cause-killed-by-sigpipe-hint = Écrire sur une connexion que le client a rompue lève SIGPIPE, qui tue un programme qui ne l’ignore pas. Ignorer SIGPIPE une fois au début, et prendre l’erreur EPIPE pour la fin de ce client.

cause-dies-at-eof-title = Un client qui s’en va arrête tout le programme.
cause-dies-at-eof-hint = Quand un client ferme, `recv` rend zéro octet : un événement ordinaire. Sortir de la boucle de ce client, fermer sa socket et continuer à servir les autres.

cause-ignores-repeats-title = Une demande qui revient ne reçoit pas de réponse.
cause-ignores-repeats-hint = Le serveur ne peut savoir si sa réponse est arrivée : un client redemande parce qu’elle n’est pas venue. Répondre à chaque datagramme pour lui-même, à un datagramme égal par une réponse égale.

cause-answers-newest-only-title = De plusieurs datagrammes qui attendent, un seul reçoit sa réponse.
cause-answers-newest-only-hint = Chaque datagramme est une demande à lui seul. En lire un, y répondre, puis lire le suivant : la socket garde ce qui attend.

cause-client-table-full-title = Les premiers clients sont toujours servis, les suivants jamais.
cause-client-table-full-hint = Le programme retient ses clients dans une table, et en UDP personne ne rend jamais sa place. Répondre à l’adresse que ce `recvfrom` a rendue, et ne retenir personne.

cause-dies-of-vanished-client-title = Un client qui part avant sa réponse arrête tout le programme.
cause-dies-of-vanished-client-hint = Répondre à un client parti peut faire échouer un appel ultérieur (ECONNREFUSED). Cette erreur ne regarde que ce client : la prendre dans la boucle et continuer.
