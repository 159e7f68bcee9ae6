//! Steps that can never happen.

use super::codes;

codes! { STEPS_CODES
    WRONG_ACTOR = "SS0501" Error
    "an event is none of this actor's" / "un événement n'est pas de cet acteur"
    "Clients `open`, `stall` and `resume`; the server and the program's outputs can be silent; connections end with `fin`, `reset` and `close`; the standard input ends with `fin` or `close`."
    / "Les clients font `open`, `stall` et `resume` ; le serveur et les sorties du programme peuvent se taire ; une connexion finit par `fin`, `reset` ou `close` ; l'entrée standard finit par `fin` ou `close`.";

    AFTER_THE_END = "SS0502" Error
    "a step comes after its connection has ended" / "une étape vient après la fin de sa connexion"
    "After `fin`, `close` or `reset` an actor says nothing more on its connection; after a client's `close` or a `reset` nobody is there to hear the other. For a new connection, write `C2`."
    / "Après `fin`, `close` ou `reset`, un acteur ne dit plus rien sur sa connexion ; après le `close` d'un client ou un `reset`, personne n'entend l'autre. Pour une nouvelle connexion, écrire `C2`.";

    WAIT_AFTER_THE_END = "SS0503" Error
    "a wait stands on a connection that has ended" / "une attente est sur une connexion terminée"
    "Nothing can come any more on a connection that both sides ended. Remove the wait, or write it on another connection."
    / "Plus rien ne peut venir sur une connexion que les deux côtés ont terminée. Retirer l'attente, ou l'écrire sur une autre connexion.";

    ALREADY_OPEN = "SS0504" Error
    "a connection is opened twice" / "une connexion est ouverte deux fois"
    "A client connects at its first line, or where `open` stands before it. A second connection has a number of its own: `C2`."
    / "Un client se connecte à sa première ligne, ou là où `open` la précède. Une seconde connexion a son propre numéro : `C2`.";

    SKIPPED_NUMBER = "SS0505" Warning
    "connections are not numbered one after the other" / "les connexions ne sont pas numérotées à la suite"
    "Connections are numbered from 1 in the order in which they appear, so that a reader sees how many there are."
    / "Les connexions sont numérotées à partir de 1 dans l'ordre où elles apparaissent : on voit ainsi combien il y en a.";

    NOT_OF_THIS_TRANSPORT = "SS0506" Error
    "a transport has no such event" / "un transport n'a pas cet événement"
    "UDP has no connections: nothing is half-closed, reset, or closed by the server."
    / "UDP n'a pas de connexion : rien n'est à demi fermé, réinitialisé ou fermé par le serveur.";

    CANNOT_BE_SAID = "SS0507" Warning
    "a line cannot be played" / "une ligne ne peut être jouée"
    "The harness types the lines of `in`; a regex or a built-in kind does not tell it what. Words of the vocabulary are typed in their canonical form."
    / "Le banc tape les lignes de `in` ; une expression régulière ou une sorte prédéfinie ne dit pas laquelle. Les mots du vocabulaire se tapent sous leur forme canonique.";

    BRANCHES_OF_TWO_SIDES = "SS0508" Error
    "the branches of `either` begin with different sides" / "les branches de `either` commencent par des côtés différents"
    "The branch is chosen by what the side under test does: every branch begins with a step of the same side."
    / "La branche se choisit par ce que fait le côté noté : chaque branche commence par une étape du même côté.";

    NOT_STALLED = "SS0509" Error
    "`resume` follows no `stall`, or `stall` no `resume`" / "`resume` sans `stall`, ou `stall` deux fois"
    "`stall` stops reading, `resume` begins again: one after the other."
    / "`stall` cesse de lire, `resume` recommence : l'un après l'autre.";

    EMPTY_SEGMENT = "SS0510" Warning
    "a segment is empty" / "un segment est vide"
    "Nothing stands on one side of a `|`: nothing is sent there, so nothing is cut. A literal pipe is `\\|`."
    / "Rien ne se trouve d'un côté d'un `|` : rien n'est envoyé là, donc rien n'est coupé. Un tube littéral s'écrit `\\|`.";

    SERVER_SPEAKS_FIRST = "SS0511" Warning
    "the server speaks first, but `server-first` is not set" / "le serveur parle en premier, mais `server-first` n'est pas posé"
    "What a server says before the first request is taken for a greeting, and learnt, not graded. Where it is part of the protocol, write `server-first = true`."
    / "Ce que dit un serveur avant la première requête passe pour un mot d'accueil, appris et non noté. Si c'est une partie du protocole, écrire `server-first = true`.";

    SERVED_TOO_EARLY = "SS0512" Warning
    "a second client is answered while the first stays" / "un second client reçoit une réponse alors que le premier est là"
    "An exercise with `serving` `one-shot` or `iterative` owes nothing to a second client before the first has ended."
    / "Un exercice dont `serving` est `one-shot` ou `iterative` ne doit rien à un second client avant la fin du premier.";

    CUT_IN_DATAGRAM = "SS0513" Error
    "a datagram is cut into segments" / "un datagramme est coupé en segments"
    "A datagram travels whole: `|` cuts nothing. For two datagrams, write two lines."
    / "Un datagramme voyage entier : `|` ne coupe rien. Pour deux datagrammes, écrire deux lignes.";

    OWN_REQUEST = "SS0514" Error
    "a client's own request is out of place" / "la requête d'un client n'est pas à sa place"
    "`C~` is what a client sends by itself, without anything typed. It stands in a case of the law `clients`, before all else and once, over TCP or a Unix socket. Everywhere else what a client says is exact: `C:` or `C>`."
    / "`C~` est ce qu'un client envoie de lui-même, sans que rien ne soit tapé. La ligne est dans un cas de la loi `clients`, avant toute autre et une seule fois, sur TCP ou un socket Unix. Partout ailleurs, ce que dit un client est exact : `C:` ou `C>`.";
}
