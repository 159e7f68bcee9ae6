# What only the page for a browser says.
html-skip = Skip to what went wrong
html-failures = What went wrong
html-same = { $count ->
    [one] One more case fails for the same cause
   *[other] { $count } more cases fail for the same cause
}
html-cases = All cases
html-verdict = verdict
html-case = case
html-what = what
html-who = who
html-size = bytes
html-points = { $count ->
    [one] point
   *[other] points
}
html-started = graded
html-when = { $started }, in { $seconds } s
html-exchange = The exchange
html-diagram-text = { $count ->
    [one] Diagram of { $count } event. The table after it says the same.
   *[other] Diagram of { $count } events, from top to bottom. The table after it says the same.
}
html-bytes = Every event, byte by byte
html-many-clients = Too many clients for a diagram: the table says what happened.
html-wanted = expected: { $text }
html-cut = cut
html-cut-inside = cut inside { $character }
html-torn = a part of a character: the rest is in the segment before or after
html-read = read before the next was sent
html-unverified = acknowledged; the cut is unverified
html-reproduce = See it by hand
html-copy = Copy
html-copied = Copied.
html-made-by = Written by { $tool }. The program’s bytes stand here escaped; nothing of this page is fetched from elsewhere.
