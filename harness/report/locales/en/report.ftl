# What a report says around the cases.

# Findings: what was seen.
finding-mismatch = The program sent another answer than the one expected.
finding-no-answer = { $blocked ->
    [yes] The program did not answer: it had read everything and was waiting for more.
   *[no] The program did not answer within { $waited_ms } ms.
}
finding-incomplete = { $blocked ->
    [yes] The program sent only a part of the answer, then waited for more input.
   *[no] The program sent only a part of the answer within { $waited_ms } ms.
}
finding-no-newline = The answer came, but without the line feed that should end it.
finding-closed-early = The program closed the connection instead of answering.
finding-reset-early = The program reset the connection (RST) instead of answering.
finding-extra = The program sent bytes that nobody asked for.
finding-not-closed = The program had not closed the connection after { $waited_ms } ms.
finding-not-read = The program had not read what was sent after { $waited_ms } ms.
finding-from-elsewhere = An answer came, but from { $address }, which is not the address that was asked.
finding-truncated = The answer stops after { $kept } of { $of } bytes: the buffer that the request was read into holds { $kept }.
finding-refused = The connection was refused.
finding-connect-timed-out = The connection was not accepted in time.
finding-flooded = The program sent more than any answer may be long; the rest was not read.
finding-depends-on = This case needs `{ $case }`, which did not pass.
finding-depends-on-hidden = This case needs another one, which did not pass.
finding-died = After this case, the program no longer served a simple request.
finding-needs-run = This case can be judged only when the harness starts the program (`--run`).
finding-serves-fewer = This case takes more clients at once than the exercise asks a program to serve, and this program serves fewer.
finding-memory-grew = The program kept a line that never ended: its memory grew by as much as was sent, and would have gone on growing.
finding-not-seen = This case takes a look at the program's process, which cannot be seen from here.
finding-ended = The program had ended before this case could be played.
finding-starved = The machine was too busy for the harness to judge fairly.
finding-second-client-waits = A second client got nothing while the first was still connected.
finding-answers-without-newline = None of the answers ends with a line feed.
finding-requests-not-by-line = The program did not answer a request ended by one line feed.
finding-not-built = { $ending ->
    [signal] The build command was killed by { $signal }.
   *[code] The build command ended with exit code { $code }.
}
finding-build-too-long = The build command had not ended after { $seconds } s.
finding-died-at-start = { $ending ->
    [signal] The program was killed by { $signal } before it listened.
   *[code] The program ended with exit code { $code } before it listened.
}
finding-never-listened = The program did not listen anywhere within { $seconds } s after its start.
finding-listens-elsewhere = The program listens at { $found }, and not at { $told } as it was told.
finding-unimplemented = The program says that it does not do this exercise.
finding-out-of-time = The time for the whole grading, { $seconds } s, ran out before this case.
finding-not-shown = What should show on the program’s output did not, within { $milliseconds } ms.
finding-shown-twice = The program showed the same line more often than it received it.
finding-printed = The program printed something where nothing should show.
finding-ended-early = { $ending ->
    [signal] The program was killed by { $signal } in the midst of the dialogue.
   *[code] The program ended with exit code { $code } in the midst of the dialogue.
}
finding-not-ended = The program should have ended, and still ran after { $milliseconds } ms.
finding-ended-badly = { $ending ->
    [signal] The program was killed by { $signal } where it should have ended with exit code 0.
   *[code] The program ended with exit code { $code } instead of 0.
}
finding-lacks-place = The command has no `{ $place }`: servers that ask each other cannot be told of one another. Put it where the program takes it.
finding-part-of-a-word = The command holds `{ $place }` only as a part of a word: no wrong call can be made of it.
finding-shell-line = The command is a line for a shell: no wrong call can be made of it.
finding-went-on = The program went on all the same, and listens at { $found }.
finding-own-port = Without its argument, the program listens on a port of its own choice: { $found }.
finding-ignored-argument = The program ignored the argument too many, and served.
finding-still-ran = After { $seconds } s, the program had neither ended nor listened anywhere.
finding-ended-well = The program ended with exit code 0, as if all were well.
finding-said-nothing = { $ending ->
    [signal] The program was killed by { $signal }, and said nothing.
   *[code] The program ended with exit code { $code }, and said nothing.
}
finding-said-on-stdout = The program said on stdout what was wrong; messages belong on stderr.
finding-stack-trace = The program ended by an error that nothing caught, and showed the trace of its code instead of a message.
finding-crashed = { $ending ->
    [signal] The program was killed by { $signal }.
   *[code] The program ended with exit code { $code }.
}
finding-outlived = The program still ran { $seconds } s after { $signal }.
finding-outlived-with-client = With a silent client connected, the program still ran { $seconds } s after { $signal }.
finding-port-free = No { $protocol } socket is bound to the port shown, { $port }, while the program runs.
finding-port-swapped = No { $protocol } socket is bound to the port shown, { $port }; one is bound to { $other }, whose two bytes stand the other way round.
finding-port-not-given = The number shown, { $port }, is no { $protocol } port that the system gives to who binds to port 0.
finding-port-missing = The line about { $protocol } shows no number that may be a port.
finding-kept-port = The program ended at { $signal }, but its port could not be bound again.
finding-not-restarted = The program did not start again on the port where it had just served.
finding-not-resumed = Stopped and resumed, the program no longer answered.
finding-gone-after-silence = Nobody came for { $milliseconds } ms; the program then served nobody any more.
finding-dropped-in-silence = A client said nothing for { $milliseconds } ms; the program then no longer answered it.
finding-used-processor = With nothing to do, the program used { $percent } % of a processor, for { $seconds } s.
finding-descriptors-grew = When { $clients } clients had come and gone, the program had { $after } descriptors open; before them, { $before }.
finding-threads-grew = When { $clients } clients had come and gone, the program had { $after } threads; before them, { $before }.
finding-children-grew = When { $clients } clients had come and gone, the program had { $after } processes; before them, { $before }.
finding-zombies-grew = When { $clients } clients had come and gone, the program had not waited for { $after } of its children that had ended; before them, for { $before }.
finding-resident-memory-grew = When { $clients } clients had come and gone, the program took { $after } MiB of memory; before them, { $before } MiB.
finding-client-nothing-sent = Nothing that was typed had come to the server after { $seconds } s.
finding-client-not-sent = What was typed had not come to the server as it was typed after { $seconds } s.
finding-client-no-whole-request = The server waited for a whole request, and the client did not send one.
finding-client-no-line-feed = The client’s request does not end with a line feed: the server cannot know that it is complete.
finding-client-sent-out-of-turn = A line that was typed ahead came before the answer that would have given it its turn.
finding-client-not-shown = The server’s answer does not show on the client’s standard output.
finding-client-shown-late = The client shows the answer to an earlier question.
finding-client-shown-with-rest = Behind the answer the client shows the end of an earlier, longer one.
finding-client-ended-early = { $ending ->
    [signal] The client was killed by { $signal } in the midst of the dialogue.
   *[code] The client ended with exit code { $code } in the midst of the dialogue.
}
finding-client-crashed = { $ending ->
    [signal] The client was killed by { $signal }: that is a mistake in the program.
   *[code] The client ended with exit code { $code }.
}
finding-client-stays = The server had left, and the client still ran { $seconds } s later.
finding-client-ends-silently = { $ending ->
    [signal] The client was killed by { $signal } without a word about what had gone wrong.
   *[code] The client ended with exit code { $code }, without a word about what had gone wrong.
}
finding-client-ends-as-if-well = The client ended with exit code 0, as if nothing had gone wrong.
finding-client-still-runs = The client should have ended, and still ran after { $seconds } s.
finding-client-ends-badly = { $ending ->
    [signal] The client was killed by { $signal } where it should have ended with exit code 0.
   *[code] The client ended with exit code { $code } instead of 0.
}
finding-client-nothing-shows = No answer came, and the client neither asked again nor said so within { $seconds } s.
finding-client-waits-for-ever = No answer came, and after { $seconds } s the client had neither ended nor gone back to its prompt with a message.
finding-client-takes-any-sender = The client shows an answer that came from another address than the one it asked.
finding-client-no-usage = { $ending ->
    [signal] The client was killed by { $signal } without a word about its arguments.
   *[code] The client ended with exit code { $code }, without a word about its arguments.
}
finding-client-not-as-reference = The client did right, but not as the reference client does: a stack trace instead of a message, or a message on standard output instead of standard error.
finding-client-no-usage-code = The client ended with exit code 0, though its arguments were wrong.
finding-http-status-line = What came does not begin with a status line of HTTP, such as `HTTP/1.1 200 OK`.
finding-http-header = A line of the response’s header is not `Name: value`.
finding-http-end-of-header = The header of the response does not end: an empty line is missing.
finding-http-length = The `Content-Length` of the response is not one number.
finding-http-short-body = Fewer bytes came than the response announced.
finding-http-chunk = A chunk of the response is not as long as it says.
finding-http-end-of-body = Nothing tells where the body of the response ends: there is no `Content-Length`, and the connection stays open.
finding-script = { $message }

# How a program ended that should have gone on.
death-ended = { $ending ->
    [signal] The program was killed by { $signal }.
   *[code] The program ended with exit code { $code }.
}
death-mute = The program went on running, and served nobody any more.

# Verdicts: one word in a table.
status-pass = passed
status-non-strict = accepted
status-fail = FAILED
status-blocked = blocked
status-skipped = skipped
status-unimplemented = NOT DONE
status-inconclusive = undecided

count-pass = { $count } passed
count-non-strict = { $count } accepted
count-fail = { $count } failed
count-blocked = { $count } blocked
count-skipped = { $count } skipped
count-unimplemented = { $count } not done
count-inconclusive = { $count } undecided

# Laws.
law-protocol = the exercise’s own protocol
law-segmentation = answers do not depend on how the bytes were cut
law-survival = a new client is served whatever another did
law-isolation = one client never disturbs another
law-half-close = what was asked before the end of stream is answered
law-encoding = text comes back as valid text
law-rest = nothing is used at rest
law-datagrams = each datagram is answered on its own
law-clients = a client copes when answers fail to come
law-program = arguments, signals, restart
law-security = nothing leaves the root

# Levels.
level-1 = Level 1: it works
level-2 = Level 2: framing and accents
level-3 = Level 3: abrupt ends and bad input
level-4 = Level 4: many clients, loss, load
level-5 = Level 5: the program itself

# Roles.
role-server = server
role-client = client
role-program = program

# Notes.
note-one-shot-ended = The program ended after its first client, as the sheet allows: what was left could not be judged at this address. With `--run`, the harness starts it as often as needed.
note-process-not-seen = The process of the program cannot be seen from here: that it will not answer was decided by waiting, which is slower and less sure.
note-cuts-unverified = The program runs on another machine: the cuts between segments could not be verified.
note-died-after = The program stopped accepting connections after the case `{ $case }`.
note-died-after-hidden = The program stopped accepting connections after a case that is not shown.

# How the target speaks.
style-none = The program never answered, so nothing is known of how it speaks.
style-canonical = The program speaks as the reference does.
style-greeting = It greets each client with { $text }.
style-prompt = It sends the prompt { $text } after each answer.
style-answer-end-cr-lf = Its answers end with CR LF instead of LF.
style-answer-end-nul = Its answers end with NUL bytes instead of a line feed.
style-answer-end-nothing = Its answers end with nothing: only silence tells that they are complete.
style-answer-lines = { $count ->
    [one] Each of its answers takes { $count } line.
   *[other] Each of its answers takes { $count } lines.
}
style-prefix = It writes { $text } before each answer.
style-suffix = It writes { $text } after each answer.
style-request-end-cr-lf = It answers only requests that end with CR LF.
style-request-end-nothing = It takes what one `recv` returns as a request, and a line feed spoils the request.
style-dialect-ascii = It maps the letters a to z only.
style-dialect-unicode = It maps accented letters too.
style-shown-prefix = It shows { $text } before each line.
style-terminal = It was given a terminal: on a pipe what it prints stays in a buffer.
style-serving-one-shot = It serves one client, then ends.
style-serving-iterative = It serves one client at a time.
style-serving-parallel = It serves several clients at once.

# What share of the exchanges survives where datagrams are lost.
survival = { $attempts ->
    [one] With { $loss }% of the datagrams lost, { $survived }% of the exchanges succeed in one attempt.
   *[other] With { $loss }% of the datagrams lost, { $survived }% of the exchanges succeed in at most { $attempts } attempts.
}
survival-short = With { $loss }% of the datagrams lost, { $survived }% of the exchanges succeed, where a server that answers each datagram reaches { $possible }%.

# How a client speaks.
manner-request-end-lf = The client ends its requests with LF.
manner-request-end-cr-lf = The client ends its requests with CR LF.
manner-request-end-nul = The client ends its requests with NUL.
manner-request-end-nothing = The client ends its requests with nothing.
manner-shows-at-end = What it prints shows only when it ends: its output is kept in a buffer.
manner-terminal = It was given a terminal.

# Headings and labels of the terminal report.
label-target = target
label-style = style
label-loss = loss
label-strict = strict
label-death = its end
label-said = it said
label-play = play
label-expected = expected
label-received = received
label-clause = clause
label-law = law
label-cause = cause
label-hint = hint
label-transcript = transcript
label-reproduce = reproduce
label-more = more
label-also = same cause
label-note = note
strict-mode = Only the answers of the reference count (`--strict`).
failure-heading = Failure { $number } of { $total }
accepted-heading = Accepted, but not as the reference does
waiting-heading = Not judged yet
target = { $target } ({ $role }), seed { $seed }
mend-first = To mend first: { $title }
variants = { $count ->
    [one] { $count } variant
   *[other] { $count } variants
}
variants-named = { $count ->
    [one] { $count } variant: { $names }
   *[other] { $count } variants: { $names }
}
variants-of = { $count ->
    [one] { $title } ({ $count } variant)
   *[other] { $title } ({ $count } variants)
}
variants-too = { $count ->
    [one] { $title } (+ { $count } variant)
   *[other] { $title } (+ { $count } variants)
}
plays = { $count ->
    [one] { $count } play
   *[other] { $count } plays
}
first-difference = The first difference is at byte { $offset } (counting from 0).
ends-early = What came stops at byte { $offset } (counting from 0).
goes-on = More came after byte { $offset } (counting from 0).
nothing-expected = nothing
nothing-received = nothing
shortened = Only bytes { $from } to { $to } of { $total } are shown.
pattern-note = any answer of this form
flaky = It failed { $failed } times out of { $played }: the verdict does not repeat.
hidden-cases = { $count ->
    [one] { $count } case is not shown.
   *[other] { $count } cases are not shown.
}
all-passed = Everything that was judged passed.
nothing-judged = Nothing could be judged.
score = Score: { $points } out of { $max }

# Events of a transcript.
event-open = connects
event-continue = goes on with the connection of the case before
event-refused = connection refused
event-connect-timed-out = no answer to the connection request
event-unreachable = the address cannot be reached
event-connect-failed = the connection fails
event-double = the network delivers it once more
event-lose = lost by the network
event-hold = held back by the network
event-elsewhere = from { $address }, which was not asked
event-send-failed = cannot send: the other side has closed
event-send-fin = ends its direction (FIN)
event-send-reset = resets the connection (RST)
event-close = closes
event-stall = stops reading
event-resume = reads again
event-wait = lets time pass
event-judged = (the verdict stands here)
event-fin = ends its direction (FIN)
event-reset = resets the connection (RST)
event-quiet-blocked = nothing more will come: it waits for input
event-quiet-window = nothing more came for a while
event-quiet-deadline = nothing came in time
event-quiet-busy = nothing came in time, and it was running at full speed meanwhile
event-read = has read all that was sent
event-unread = does not read what was sent
event-flooded = too much came: the rest is not read
event-starved = the harness itself was too late to judge
event-type-end = ends the input
event-port-bound = one of the numbers shown is a port that the system gave, and it is bound
event-port-free = none of the numbers shown is a port that the system gave and that is bound
event-exit = ends with exit code { $code }
event-killed = is killed by { $signal }
event-nobody-listens = nobody listens
event-send-elsewhere = from another address
event-left-out = { $count ->
    [one] … { $count } event left out …
   *[other] … { $count } events left out …
}
bytes-left-out = { $count ->
    [one] … { $count } byte left out …
   *[other] … { $count } bytes left out …
}
