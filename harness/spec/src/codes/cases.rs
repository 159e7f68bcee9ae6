//! Mistakes in cases and in how they depend on each other.

use super::codes;

codes! { CASES_CODES
    DUPLICATE_ID = "SS0401" Error
    "two cases have the same id" / "deux cas ont le même identifiant"
    "A case is named by its id in reports, on the command line and in `after`."
    / "Un cas se nomme par son identifiant dans les rapports, en ligne de commande et dans `after`.";

    UNKNOWN_CASE = "SS0402" Error
    "a case depends on one that does not exist" / "un cas dépend d'un cas qui n'existe pas"
    "`after` lists the ids of cases of the same file that must pass first."
    / "`after` énumère les identifiants de cas du même fichier qui doivent d'abord réussir.";

    AFTER_ITSELF = "SS0403" Error
    "a case depends on itself" / "un cas dépend de lui-même"
    "Following `after` from this case leads back to it: none of these cases could ever be played."
    / "En suivant `after` depuis ce cas, on y revient : aucun de ces cas ne pourrait être joué.";

    UNKNOWN_CONTROL = "SS0404" Error
    "the control case does not exist" / "le cas témoin n'existe pas"
    "`control` is the id of the case that is played first, last and after each abusive case, to learn whether the server is well."
    / "`control` est l'identifiant du cas joué au début, à la fin et après chaque cas abusif, pour savoir si le serveur va bien.";

    BAD_CONTROL = "SS0405" Error
    "the control case cannot serve as control" / "le cas témoin ne peut servir de témoin"
    "The control is a case of level 1 that needs an address only and depends on no other: what any working server passes."
    / "Le témoin est un cas de niveau 1 qui n'exige qu'une adresse et ne dépend d'aucun autre : ce que réussit tout serveur qui marche.";

    NO_BODY = "SS0406" Error
    "a case plays nothing" / "un cas ne joue rien"
    "A case has a `dialogue`, or a `script` where play must adapt."
    / "Un cas a un `dialogue`, ou un `script` quand le jeu doit s'adapter.";

    TWO_BODIES = "SS0407" Error
    "a case has a dialogue and a script" / "un cas a un dialogue et un script"
    "A case plays one of them. Make two cases."
    / "Un cas joue l'un des deux. Faire deux cas.";

    CANNOT_FAIL = "SS0408" Error
    "a case expects nothing, so it cannot fail" / "un cas n'attend rien : il ne peut échouer"
    "At least one step says what must come: a line of `S`, `out` or `err`, or an event such as `S! close` or `S! silence`."
    / "Au moins une étape dit ce qui doit venir : une ligne de `S`, `out` ou `err`, ou un événement comme `S! close` ou `S! silence`.";

    NEEDS_RUN = "SS0409" Warning
    "a case can be graded only when the harness starts the program" / "un cas ne se note que si le programme est lancé par le banc"
    "Cases of level 5 and of the laws `program` and `rest` look at the program itself: its arguments, signals, descriptors, processor time. Write `needs = \"run\"`."
    / "Les cas de niveau 5 et des lois `program` et `rest` regardent le programme lui-même : arguments, signaux, descripteurs, temps processeur. Écrire `needs = \"run\"`.";

    STREAMS_NEED_RUN = "SS0410" Error
    "a case uses the program's streams, but needs an address only" / "un cas emploie les flux du programme, mais n'exige qu'une adresse"
    "The harness has `in`, `out` and `err` only of a program that it started. Write `needs = \"run\"`."
    / "Le banc n'a `in`, `out` et `err` que d'un programme qu'il a lancé. Écrire `needs = \"run\"`.";

    CANNOT_DERIVE = "SS0411" Warning
    "cases are derived that the framing does not allow" / "des cas sont dérivés que le découpage ne permet pas"
    "How bytes are cut makes no difference only where the framing is `lines` or `bytes`: a datagram is one message, and with `recv` what one call returned is the message. Loss is derived for datagrams only."
    / "La coupe des octets n'est indifférente que si le découpage est `lines` ou `bytes` : un datagramme est un message, et avec `recv` le message est ce qu'un appel a rendu. Les pertes ne se dérivent que pour les datagrammes.";

    CANNOT_PACK = "SS0412" Error
    "a case cannot share its connection" / "un cas ne peut partager sa connexion"
    "A packable case uses one connection and no events, so that others can go on where it ends. Leave `packable` out: the default is right."
    / "Un cas groupable emploie une connexion et aucun événement : d'autres peuvent continuer là où il finit. Omettre `packable` : la valeur par défaut convient.";

    BAD_SCRIPT = "SS0413" Error
    "a script cannot be compiled" / "un script ne se compile pas"
    "Scripts are written in Rhai (rhai.rs): statements end with `;`, blocks stand in braces, functions are called as `expect(\"…\")`."
    / "Les scripts s'écrivent en Rhai (rhai.rs) : les instructions finissent par `;`, les blocs sont entre accolades, les fonctions s'appellent comme `expect(\"…\")`.";

    SCRIPT_CANNOT_FAIL = "SS0414" Warning
    "a script expects nothing" / "un script n'attend rien"
    "The script calls neither `expect` nor anything like it, so that it cannot fail."
    / "Le script n'appelle ni `expect` ni rien de semblable : il ne peut échouer.";

    NO_CASES = "SS0415" Error
    "a spec has no cases" / "une spécification n'a pas de cas"
    "An exercise has at least its control case: a `[[case]]` of level 1."
    / "Un exercice a au moins son cas témoin : un `[[case]]` de niveau 1.";

    LAW_DOES_NOT_APPLY = "SS0416" Warning
    "a case checks a law that is not asked here" / "un cas vérifie une loi qui n'est pas exigée ici"
    "Segmentation is asked of `lines` and `bytes`, datagrams of UDP, half-close of streams, isolation of parallel servers."
    / "La segmentation s'exige de `lines` et `bytes`, les datagrammes d'UDP, la demi-fermeture des flux, l'isolement des serveurs parallèles.";
}
