# La page d’une classe, pour les enseignants.

class-title = Notes d’une classe
class-student = étudiant
class-count = { $count ->
    [one] Un étudiant a été noté.
   *[other] { $count } étudiants ont été notés.
}
class-summary = { $count ->
    [one] Un étudiant a été noté, avec { $mean } % des points.
   *[other] { $count } étudiants ont été notés : { $mean } % des points en moyenne, la moitié avec { $median } % ou plus.
}
class-legend = Une colonne est un cas avec ses variantes : `✓` réussi, `≈` accepté, `✗` échec, `5/7` autant de réussis, `∅` non réalisé, `–` bloqué, `·` omis, `?` indécis.
class-left-out = { $count ->
    [one] Un autre cas ne tient pas dans le tableau.
   *[other] { $count } autres cas ne tiennent pas dans le tableau.
}
class-right = tout juste
class-mistakes = Les mêmes erreurs
class-who = { $count ->
    [one] Un étudiant :
   *[other] { $count } étudiants :
}
class-unread = Fichiers sans note
class-no-case = non noté
class-cell = { $verdict }, { $right } sur { $of } justes
