//! Mistakes in the notation of a dialogue.

use super::codes;

codes! { NOTATION_CODES
    NO_ACTOR = "SS0201" Error
    "a line names no actor" / "une ligne ne nomme aucun acteur"
    "A line of a dialogue is `ACTOR SIGIL TEXT`, such as `C: hello` or `S2! close`. Actors are `C`, `C1`, `C2`… (clients), `S`, `S1`… (the server, on connection n), `in`, `out` and `err` (the program's streams). Comments begin with `#`; `either`, `or`, `any order` and `end` stand alone on their line."
    / "Une ligne de dialogue est `ACTEUR SIGNE TEXTE`, comme `C: bonjour` ou `S2! close`. Les acteurs sont `C`, `C1`, `C2`… (clients), `S`, `S1`… (le serveur, sur la connexion n), `in`, `out` et `err` (les flux du programme). Un commentaire commence par `#` ; `either`, `or`, `any order` et `end` sont seuls sur leur ligne.";

    NO_SIGIL = "SS0202" Error
    "an actor is not followed by a sigil" / "un acteur n'est pas suivi d'un signe"
    "Right after the actor stands one of `:` (exact text and the line's end), `>` (exact bytes), `~` (a pattern) or `!` (an event)."
    / "Juste après l'acteur vient l'un des signes `:` (texte exact et fin de ligne), `>` (octets exacts), `~` (motif) ou `!` (événement).";

    BAD_CONNECTION = "SS0203" Error
    "a connection's number is out of range" / "un numéro de connexion est hors limites"
    "Connections are numbered from 1 to 255, without leading zeros: `C`, `C2`, `S2`. `C` alone is `C1`."
    / "Les connexions sont numérotées de 1 à 255, sans zéro initial : `C`, `C2`, `S2`. `C` seul veut dire `C1`.";

    UNKNOWN_EVENT = "SS0204" Error
    "an event does not exist" / "un événement n'existe pas"
    "After `!` stands one of `open`, `fin` (end of this direction), `reset` (RST), `close` (both directions; awaited: FIN or RST), `stall` (stop reading), `resume`, `wait 50ms`, `silence` (nothing comes) and `read` (all that was sent has been read)."
    / "Après `!` vient l'un de `open`, `fin` (fin de cette direction), `reset` (RST), `close` (les deux directions ; attendu : FIN ou RST), `stall` (ne plus lire), `resume`, `wait 50ms`, `silence` (rien ne vient) et `read` (tout ce qui a été envoyé a été lu).";

    BAD_WAIT = "SS0205" Error
    "a wait is not a number of milliseconds" / "une attente n'est pas un nombre de millisecondes"
    "Write whole milliseconds and the unit, from `wait 1ms` to `wait 60000ms`. A wait only lets time pass: to wait for something, write the step that must come."
    / "Écrire des millisecondes entières et l'unité, de `wait 1ms` à `wait 60000ms`. Une attente ne fait que laisser passer le temps : pour attendre quelque chose, écrire l'étape qui doit venir.";

    BAD_ESCAPE = "SS0206" Error
    "an escape does not exist" / "un échappement n'existe pas"
    "The escapes are `\\\\`, `\\xHH` (two hexadecimal digits, one byte), `\\0`, `\\n`, `\\r`, `\\t`, `\\|`, `\\{`, `\\}`, `\\/` and `\\u{1F600}` (a Unicode character in UTF-8)."
    / "Les échappements sont `\\\\`, `\\xHH` (deux chiffres hexadécimaux, un octet), `\\0`, `\\n`, `\\r`, `\\t`, `\\|`, `\\{`, `\\}`, `\\/` et `\\u{1F600}` (un caractère Unicode en UTF-8).";

    UNSHOWABLE = "SS0207" Error
    "a character that cannot be seen stands raw" / "un caractère invisible est écrit tel quel"
    "Control characters, marks that turn the direction of writing and invisible characters are written as escapes, so that what is read is what is sent."
    / "Les caractères de contrôle, les marques de sens d'écriture et les caractères invisibles s'écrivent par des échappements : ce qui se lit est ce qui est envoyé.";

    BAD_BRACE = "SS0208" Error
    "a brace has no partner" / "une accolade n'a pas sa pareille"
    "Braces hold a name: `{key}`. A literal brace is `\\{` or `\\}`."
    / "Les accolades entourent un nom : `{key}`. Une accolade littérale s'écrit `\\{` ou `\\}`.";

    BAD_NAME = "SS0209" Error
    "what stands in braces is not a name" / "ce qui est entre accolades n'est pas un nom"
    "A name is a letter from A to Z, in either case, then letters, digits, `-` and `_`."
    / "Un nom est une lettre de A à Z, majuscule ou minuscule, suivie de lettres, de chiffres, de `-` et de `_`.";

    BAD_REPEAT = "SS0210" Error
    "a repetition is not `{repeat:COUNT:TEXT}`" / "une répétition n'est pas `{repeat:NOMBRE:TEXTE}`"
    "`{repeat:1000:ab}` is `ab`, a thousand times. The count is a whole number from 1, the text is not empty and may hold escapes, and the result is at most 16 MiB. Only exact text (`:` and `>`) can repeat."
    / "`{repeat:1000:ab}` vaut mille fois `ab`. Le nombre est un entier à partir de 1, le texte n'est pas vide et peut contenir des échappements, le résultat fait au plus 16 Mio. Seul le texte exact (`:` et `>`) peut se répéter.";

    PATTERN_IN_EXACT = "SS0211" Error
    "a pattern stands in exact text" / "un motif est dans un texte exact"
    "In exact text (`:` and `>`), braces hold `{name}` (a column of the rows or an earlier capture) or `{repeat:COUNT:TEXT}`. Words of the vocabulary with an argument belong in a pattern: write `S~` for `S:`."
    / "Dans un texte exact (`:` et `>`), les accolades contiennent `{nom}` (une colonne des lignes ou une capture antérieure) ou `{repeat:NOMBRE:TEXTE}`. Les mots du vocabulaire avec argument vont dans un motif : écrire `S~` au lieu de `S:`.";

    STRAY_PIPE = "SS0212" Error
    "a `|` stands where nothing can be cut" / "un `|` est là où rien ne peut être coupé"
    "`|` cuts exact text into segments. A pattern, a value or the text of a repetition has no segments: a literal pipe is `\\|`. For one of several answers, use `either`, or a regex: `/yes|no/`."
    / "`|` coupe un texte exact en segments. Un motif, une valeur ou le texte d'une répétition n'en a pas : un tube littéral s'écrit `\\|`. Pour une réponse parmi plusieurs, utiliser `either`, ou une expression régulière : `/oui|non/`.";

    BAD_SLASHES = "SS0213" Error
    "a regex is empty or has no end" / "une expression régulière est vide ou sans fin"
    "In a pattern, slashes hold a regex: `/[0-9]+/`. Inside it, `\\/` is a slash. A literal slash in a pattern is `\\/` too."
    / "Dans un motif, des barres obliques entourent une expression régulière : `/[0-9]+/`. À l'intérieur, `\\/` est une barre. Une barre littérale dans un motif s'écrit aussi `\\/`.";

    UNCLOSED_GROUP = "SS0214" Error
    "a group has no `end`" / "un groupe n'a pas de `end`"
    "`either` … `or` … `end` and `any order` … `end`: each keyword stands alone on its line."
    / "`either` … `or` … `end` et `any order` … `end` : chaque mot-clé est seul sur sa ligne.";

    STRAY_KEYWORD = "SS0215" Error
    "`or` or `end` stands outside its group" / "`or` ou `end` est hors de son groupe"
    "`or` belongs to a group opened by `either`; `end` closes the group that `either` or `any order` opened."
    / "`or` appartient à un groupe ouvert par `either` ; `end` ferme le groupe ouvert par `either` ou `any order`.";

    NESTED_GROUP = "SS0216" Error
    "a group stands inside another" / "un groupe est dans un autre"
    "Groups do not nest. Write out the branches, or make two cases."
    / "Les groupes ne s'emboîtent pas. Développer les branches, ou faire deux cas.";

    EMPTY_BRANCH = "SS0217" Error
    "a group or a branch has no step" / "un groupe ou une branche n'a pas d'étape"
    "Each branch of `either` has at least one step, and there are at least two branches; `any order` has at least one step. For \"or nothing comes\", write `S! silence`."
    / "Chaque branche de `either` a au moins une étape, et il y a au moins deux branches ; `any order` a au moins une étape. Pour « ou rien ne vient », écrire `S! silence`.";

    TOO_LONG = "SS0218" Error
    "a dialogue is too long" / "un dialogue est trop long"
    "A dialogue holds at most 10 000 steps. Its repetitions make at most 64 MiB, those of a case's rows as much, those of one value at most 16 MiB."
    / "Un dialogue a au plus 10 000 étapes. Ses répétitions font au plus 64 Mio, celles des lignes d'un cas autant, celles d'une valeur au plus 16 Mio.";

    ARGUMENT_NOT_TEXT = "SS0219" Error
    "an argument is not UTF-8 text" / "un argument n'est pas du texte UTF-8"
    "The argument of `{name:argument}` is text; bytes that are no UTF-8 belong in the literal parts of a pattern."
    / "L'argument de `{nom:argument}` est du texte ; les octets qui ne sont pas de l'UTF-8 vont dans les parties littérales du motif.";
}
