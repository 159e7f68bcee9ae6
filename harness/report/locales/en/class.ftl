# The page of a class, for teachers.

class-title = Grades of a class
class-student = student
class-count = { $count ->
    [one] One student was graded.
   *[other] { $count } students were graded.
}
class-summary = { $count ->
    [one] One student was graded, with { $mean }% of the points.
   *[other] { $count } students were graded: { $mean }% of the points on average, half of them with { $median }% or more.
}
class-legend = A column is a case with its variants: `✓` passed, `≈` accepted, `✗` failed, `5/7` so many of them right, `∅` not implemented, `–` blocked, `·` skipped, `?` undecided.
class-left-out = { $count ->
    [one] One more case does not fit in the table.
   *[other] { $count } more cases do not fit in the table.
}
class-right = all right
class-mistakes = The same mistakes
class-who = { $count ->
    [one] One student:
   *[other] { $count } students:
}
class-unread = Files that gave no grade
class-no-case = not graded
class-cell = { $verdict }, { $right } of { $of } right
