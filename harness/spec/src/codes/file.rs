//! Mistakes of the file as a whole, and of its keys and values.

use super::codes;

codes! { FILE_CODES
    FILE_TOO_LARGE = "SS0001" Error
    "a spec file is too large" / "un fichier de spécification est trop grand"
    "A spec file holds at most 1 MiB. Long contents are written with `{repeat:COUNT:TEXT}`; large exercises are split into several files."
    / "Un fichier de spécification fait au plus 1 Mio. Un long contenu s'écrit `{repeat:NOMBRE:TEXTE}` ; un grand exercice se partage en plusieurs fichiers.";

    NOT_TOML = "SS0002" Error
    "the file is not TOML" / "le fichier n'est pas du TOML"
    "The file breaks a rule of TOML 1.1. Dialogues are best written as multi-line literal strings, between `'''`: nothing is escaped there but by the notation."
    / "Le fichier enfreint une règle de TOML 1.1. Un dialogue s'écrit de préférence comme chaîne littérale à plusieurs lignes, entre `'''` : seule la notation y a des échappements.";

    TOO_MANY = "SS0003" Error
    "a list is too long" / "une liste est trop longue"
    "A spec holds at most 1000 cases, a case at most 1000 rows, a word at most 100 forms."
    / "Une spécification a au plus 1000 cas, un cas au plus 1000 lignes de valeurs, un mot au plus 100 formes.";

    MORE_MISTAKES = "SS0004" Error
    "there are more mistakes than are shown" / "il y a plus d'erreurs que celles montrées"
    "Only the first mistakes are shown. Mend them and check again."
    / "Seules les premières erreurs sont montrées. Les corriger, puis vérifier à nouveau.";

    UNKNOWN_KEY = "SS0101" Error
    "a key is not known" / "une clé n'est pas connue"
    "Each table has a fixed set of keys, so that a typing mistake is not silently a key that does nothing. The JSON Schema beside the specs lists them, and editors complete them."
    / "Chaque table a un ensemble de clés fixe, pour qu'une faute de frappe ne devienne pas une clé sans effet. Le schéma JSON à côté des spécifications les énumère, et les éditeurs les complètent.";

    MISSING_KEY = "SS0102" Error
    "a key is missing" / "une clé manque"
    "This key has no default: the exercise is not defined without it."
    / "Cette clé n'a pas de valeur par défaut : sans elle, l'exercice n'est pas défini.";

    WRONG_TYPE = "SS0103" Error
    "a value is of the wrong type" / "une valeur n'est pas du bon type"
    "TOML distinguishes texts (`\"2056\"`), whole numbers (`2056`), truth values (`true`), lists (`[…]`) and tables (`{…}`)."
    / "TOML distingue les textes (`\"2056\"`), les entiers (`2056`), les booléens (`true`), les listes (`[…]`) et les tables (`{…}`).";

    NOT_ALLOWED = "SS0104" Error
    "a value is not one of those allowed" / "une valeur n'est pas parmi celles permises"
    "This key takes one of a few words, written in small letters with hyphens."
    / "Cette clé prend l'un de quelques mots, écrits en minuscules avec des traits d'union.";

    OUT_OF_RANGE = "SS0105" Error
    "a number is out of range" / "un nombre est hors limites"
    "Levels go from 1 to 5, points from 0 to 1000, versions from 1, ports from 0 to 65535 (0: none)."
    / "Les niveaux vont de 1 à 5, les points de 0 à 1000, les versions à partir de 1, les ports de 0 à 65535 (0 : aucun).";

    NOT_A_SLUG = "SS0106" Error
    "an id is not a slug" / "un identifiant n'est pas un « slug »"
    "Ids are small letters, digits and single hyphens, such as `known-keys`. They appear in file names, command lines and derived names (`known-keys@one-byte`), and never change."
    / "Les identifiants sont en minuscules, chiffres et traits d'union simples, comme `known-keys`. Ils figurent dans des noms de fichiers, des commandes et des noms dérivés (`known-keys@one-byte`), et ne changent jamais.";

    EMPTY_TEXT = "SS0107" Error
    "a text is empty" / "un texte est vide"
    "This text is shown to students or names a source: it says something, or the key is left out where it may be."
    / "Ce texte est montré aux étudiants ou nomme une source : il dit quelque chose, ou la clé est omise là où elle peut l'être.";

    MISSING_LANGUAGE = "SS0108" Error
    "a text lacks a language" / "un texte n'est pas dans les deux langues"
    "Titles, summaries and hints are written in French and English: `{ fr = \"…\", en = \"…\" }`."
    / "Les titres, résumés et indices s'écrivent en français et en anglais : `{ fr = \"…\", en = \"…\" }`.";

    ID_IS_NOT_FILE_NAME = "SS0109" Warning
    "the id is not the file's name" / "l'identifiant n'est pas le nom du fichier"
    "An exercise is looked up by its id, and its file by its name: they are the same, so that each finds the other."
    / "Un exercice se cherche par son identifiant et son fichier par son nom : ils sont égaux, pour que l'un fasse trouver l'autre.";

    LISTED_TWICE = "SS0110" Error
    "a list holds the same thing twice" / "une liste contient deux fois la même chose"
    "The second entry changes nothing; another was probably meant."
    / "La seconde entrée ne change rien ; une autre était sans doute voulue.";

    FRAMING_AND_TRANSPORT = "SS0111" Error
    "the framing does not go with the transport" / "le découpage ne va pas avec le transport"
    "UDP carries datagrams, so its framing is `datagram`; TCP and AF_UNIX streams have no datagrams, so theirs is `lines`, `bytes` or `recv`."
    / "UDP porte des datagrammes : son découpage est `datagram`. TCP et les flux AF_UNIX n'en ont pas : le leur est `lines`, `bytes` ou `recv`.";
}
