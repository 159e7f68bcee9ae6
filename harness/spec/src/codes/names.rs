//! Mistakes in names, words of the vocabulary, regexes.

use super::codes;

codes! { NAMES_CODES
    UNKNOWN_NAME = "SS0301" Error
    "a pattern uses a name that nothing has" / "un motif emploie un nom que rien ne porte"
    "`{name}` in a pattern is a word of `[vocabulary]`, a built-in kind (`any`, `int`, `timestamp`…), a column of the case's rows, or an earlier capture."
    / "`{nom}` dans un motif est un mot de `[vocabulary]`, une sorte prédéfinie (`any`, `int`, `timestamp`…), une colonne des lignes du cas, ou une capture antérieure.";

    UNKNOWN_VALUE = "SS0302" Error
    "exact text uses a value that nothing gives" / "un texte exact emploie une valeur que rien ne donne"
    "`{name}` in exact text is a column of the case's `rows`, or what a pattern captured in an earlier step (`{int:n}` captures `n`). A literal brace is `\\{`."
    / "`{nom}` dans un texte exact est une colonne des `rows` du cas, ou ce qu'un motif a capturé à une étape antérieure (`{int:n}` capture `n`). Une accolade littérale s'écrit `\\{`.";

    ARGUMENT_COUNT = "SS0303" Error
    "a name has an argument too many or too few" / "un nom a un argument de trop ou de moins"
    "A word with `takes = [\"v\"]` is written `{word:argument}`, one without is written `{word}`. For the built-in kinds that capture, the argument is the capture's name; `later`, `upper` and `lower` take a text or `$name`; `chargen` takes a number of bytes; columns and captures take none."
    / "Un mot avec `takes = [\"v\"]` s'écrit `{mot:argument}`, un mot sans s'écrit `{mot}`. Pour les sortes prédéfinies qui capturent, l'argument est le nom de la capture ; `later`, `upper` et `lower` prennent un texte ou `$nom` ; `chargen` prend un nombre d'octets ; colonnes et captures n'en prennent pas.";

    USED_BEFORE_BOUND = "SS0304" Error
    "a capture is used before it is made" / "une capture est employée avant d'être faite"
    "Steps run from top to bottom: a capture can be used in the steps after the one that makes it. A capture made in one branch of `either` is known afterwards only when every branch makes it."
    / "Les étapes se jouent de haut en bas : une capture sert dans les étapes qui suivent celle qui la fait. Faite dans une branche de `either`, elle n'est connue ensuite que si chaque branche la fait.";

    BAD_CAPTURE = "SS0305" Error
    "a capture's name cannot be used" / "le nom d'une capture ne peut servir"
    "A capture has a name of its own: not that of a word, a built-in kind, a column, or another capture of the case. To require the same value again, write `{name}`."
    / "Une capture a un nom à elle : ni celui d'un mot, ni celui d'une sorte prédéfinie, d'une colonne ou d'une autre capture du cas. Pour exiger la même valeur, écrire `{nom}`.";

    UNUSED_COLUMN = "SS0306" Error
    "a column of the rows is never used" / "une colonne des lignes ne sert jamais"
    "A case is played once for each row; a column that neither the dialogue, its comments nor the titles name makes no difference."
    / "Un cas se joue une fois par ligne de valeurs ; une colonne que ni le dialogue, ni ses commentaires, ni les titres ne nomment ne change rien.";

    UNEVEN_ROWS = "SS0307" Error
    "the rows have different columns" / "les lignes n'ont pas les mêmes colonnes"
    "Every row of a case has the same columns, so that each `{column}` has a value each time."
    / "Chaque ligne de valeurs d'un cas a les mêmes colonnes, pour que chaque `{colonne}` ait toujours une valeur.";

    RESERVED_NAME = "SS0308" Error
    "a name is reserved" / "un nom est réservé"
    "The built-in kinds (`any`, `int`, `timestamp`…) and `repeat` mean the same in every spec."
    / "Les sortes prédéfinies (`any`, `int`, `timestamp`…) et `repeat` ont le même sens dans toute spécification.";

    UNUSED_WORD = "SS0309" Warning
    "a word of the vocabulary is never used" / "un mot du vocabulaire ne sert jamais"
    "No dialogue names this word. Use it, or remove it."
    / "Aucun dialogue ne nomme ce mot. L'employer, ou le retirer.";

    BAD_PLACEHOLDER = "SS0310" Error
    "a form names something that a word does not have" / "une forme nomme ce que le mot n'a pas"
    "In the forms of a word, `{v}` is one of the names in `takes`, or a built-in kind without argument (`{any}`, `{int}`, `{timestamp}`…). A literal brace is `\\{`."
    / "Dans les formes d'un mot, `{v}` est l'un des noms de `takes`, ou une sorte prédéfinie sans argument (`{any}`, `{int}`, `{timestamp}`…). Une accolade littérale s'écrit `\\{`.";

    UNUSED_PARAMETER = "SS0311" Warning
    "the canonical form does not use a parameter" / "la forme canonique n'emploie pas un paramètre"
    "The word takes a value that its canonical form does not show, so that a right answer to one request would be a right answer to any."
    / "Le mot prend une valeur que sa forme canonique ne montre pas : une bonne réponse à une requête le serait à toutes.";

    TOO_MANY_PARAMETERS = "SS0312" Error
    "a word takes more than one parameter" / "un mot prend plus d'un paramètre"
    "A word takes no parameter (`takes` left out) or one (`takes = [\"v\"]`)."
    / "Un mot ne prend aucun paramètre (sans `takes`) ou un seul (`takes = [\"v\"]`).";

    BAD_REGEX = "SS0313" Error
    "a regex cannot be compiled" / "une expression régulière ne se compile pas"
    "Regexes are those of the Rust crate `regex`, over bytes, with Unicode: no look-around and no back-references. In a TOML literal string (`'…'`) backslashes stand for themselves."
    / "Les expressions régulières sont celles de la bibliothèque Rust `regex`, sur des octets, avec Unicode : sans assertions avant ou arrière ni références. Dans une chaîne littérale TOML (`'…'`), la barre inverse se lit telle quelle.";

    MATCHES_EVERYTHING = "SS0314" Error
    "a canonical form takes any answer" / "une forme canonique admet toute réponse"
    "The canonical form is what the reference server says and what `--strict` asks for. If it takes everything, no answer is ever wrong; what is let pass belongs in `accepted`."
    / "La forme canonique est ce que dit le serveur de référence et ce qu'exige `--strict`. Si elle admet tout, aucune réponse n'est fausse ; ce qui est toléré va dans `accepted`.";

    CANONICAL_IS_REJECTED = "SS0315" Error
    "the canonical form is rejected by the word itself" / "la forme canonique est refusée par le mot lui-même"
    "A form in `rejected` is found in the canonical form, so that no answer can be right in a strict grade."
    / "Une forme de `rejected` se trouve dans la forme canonique : aucune réponse ne peut être juste en notation stricte.";

    REJECTED_IS_NOT_REGEX = "SS0316" Error
    "a rejected form is not a regex" / "une forme refusée n'est pas une expression régulière"
    "`rejected` is searched anywhere in the message, so its forms are written as regexes: `'/\\bsill\\b/'`."
    / "`rejected` se cherche n'importe où dans le message : ses formes s'écrivent comme expressions régulières : `'/\\bsill\\b/'`.";

    NAME_MEANS_TWO_THINGS = "SS0317" Error
    "a name means two things" / "un nom a deux sens"
    "A column has the name of a word of the vocabulary: `{name}` in a pattern would mean either."
    / "Une colonne porte le nom d'un mot du vocabulaire : `{nom}` dans un motif voudrait dire l'un ou l'autre.";

    UNKNOWN_PLACEHOLDER_IN_TEXT = "SS0318" Warning
    "a title names a column that does not exist" / "un titre nomme une colonne qui n'existe pas"
    "In the title and the hint of a case with rows, `{column}` stands for the row's value."
    / "Dans le titre et l'indice d'un cas à lignes de valeurs, `{colonne}` représente la valeur de la ligne.";

    NO_SUCH_FILE = "SS0319" Error
    "a data file is not there" / "un fichier de données manque"
    "`{file:PATH}` and `{size:PATH}` stand for a file listed in `[data]`: `folder` is a folder beside the spec file, `files` lists paths below it. PATH may be `$column`; then each row names a file."
    / "`{file:CHEMIN}` et `{size:CHEMIN}` représentent un fichier de la liste `[data]` : `folder` est un dossier à côté de la spécification, `files` donne les chemins qu'il contient. CHEMIN peut être `$colonne` : chaque ligne de valeurs nomme alors un fichier.";
}
