nothing-listens = nothing listens at { $address }: start your server first, then grade it with `sockspec grade { $exercise } { $address }`
connect-timed-out = { $address } did not accept a connection in time: is the address right, and does the server call `accept`?
host-unreachable = { $address } cannot be reached from this machine
address-no-port = `{ $address }` has no port: write HOST:PORT, for example 127.0.0.1:{ $example }
address-no-host = `{ $address }` has no host: write HOST:PORT, for example 127.0.0.1:{ $example }
address-bad-port = `{ $port }` in `{ $address }` is not a port: a port is a number from 1 to 65535
address-unresolved = the host `{ $host }` in `{ $address }` cannot be resolved ({ $reason })
address-long-path = the path `{ $path }` is longer than the 107 bytes that a Unix socket's path may have
unknown-exercise-near = no exercise is called `{ $exercise }`: did you mean `{ $nearest }`?
unknown-exercise = no exercise is called `{ $exercise }`. There are: { $all }. A spec file of your own is given by its path.
machine = the system refused: { $reason }
unreadable = `{ $file }` cannot be read: { $reason }
unwritable = `{ $file }` cannot be written: { $reason }
not-a-grade = `{ $file }` is not a saved grade, as `--format json=FILE` writes it
no-file = `{ $file }` is not a file
wrong-sums = `{ $file }` is not a grade as it was saved: its points are not the sum of those of its cases
other-version = `{ $file }` says that it is `{ $found }`: this version reads `sockspec.grade/1`
bad-link = `{ $template }` is no address of a page: write --link '{"{"}path{"}"}.html', or an address that begins with https:
unknown-format = `{ $format }` is not a format. There are: { $all }
unknown-code = nothing is called `{ $code }`: did you mean `{ $nearest }`? `sockspec explain` lists all.
nothing-selected = no case of `{ $exercise }` fits what was asked for: see `sockspec list { $exercise }`
spec-right = `{ $file }` is right: { $cases } cases
spec-mistakes = { $count ->
    [one] `{ $file }` has one mistake
   *[other] `{ $file }` has { $count } mistakes
}
no-listening = nobody can connect at `{ $address }`: { $reason }
recording = recording: let the client connect to { $address }; what it says goes on to { $server }. Ctrl-C ends the recording.
nothing-heard = nothing was said: does the client connect here, and does something listen at { $server }?
recording-cut = more was said than a recording keeps: its end was handed on, and is not in the spec
snapshots-written = { $count ->
    [0] No dialogue was written: all are in { $folder } as they should be.
    [one] One dialogue was written to { $folder }: read it before you keep it.
   *[other] { $count } dialogues were written to { $folder }: read them before you keep them.
}
snapshots-differ = { $count ->
    [0] All that was said is as it was kept: { $all } dialogues.
    [one] One of { $all } dialogues is not as it was kept.
   *[other] { $count } of { $all } dialogues are not as they were kept.
}
no-snapshot = { $case }: nothing is kept of this case; `sockspec snapshot record` does it
bad-scale = `{ $given }` is no scale of grades: write the greatest, or LEAST..GREATEST, for example --scale 20 or --scale 0..10
bad-number = { $option } takes { $range }
dialogues-played = { $count } dialogues in { $seconds } s: { $rate } a second
grading-embedded = grading the embedded reference server of `{ $exercise }`, listening on { $address }
not-executed = `{ $command }` cannot be executed: { $reason }. Is the program there, and is the path right from this folder?
no-place = the command of { $option } has no `{ $placeholder }`: the harness chooses the place of each server, so the command must say where that goes, for example `python3 server.py { $placeholder }`
unclosed = a quotation mark in the command of { $option } is not closed
no-command = the command of { $option } is empty
no-folder = `{ $folder }` is not a folder
no-value = the exercise `{ $exercise }` has nothing to put for `{ $placeholder }`
bad-limit = `{ $item }` is not a limit: write WHAT=SECONDS, for example start=30; WHAT is build, start or total
fuzz-nothing-to-say = `{ $exercise }` has no fixed dialogue that shows whether a program lives: a search would find nothing
fuzz-not-answered = the control dialogue is not answered rightly: mend that first, see `sockspec grade { $exercise } { $address }`
fuzz-ended = the program at { $address } served one client and no other: a search needs one that goes on serving
fuzz-played = { $exercise } at { $address }: { $cases ->
    [one] one case was played
   *[other] { $cases } cases were played
} in { $seconds } s ({ $rate } a second), seed { $seed }.
fuzz-left-out = { $count ->
    [one] One case was left out: it holds a dialogue that fails as it stands.
   *[other] { $count } cases were left out: they hold a dialogue that fails as it stands.
}
fuzz-found = { $count ->
    [0] Nothing was found.
    [one] One failure was found:
   *[other] { $count } failures were found:
}
fuzz-file = case { $number }: { $file }
fuzz-flaky = It failed in { $times } replays only.
fuzz-not-replayed = It could not be replayed: the program served nobody any more.
fuzz-alike = { $count ->
    [one] One more case failed alike.
   *[other] { $count } more cases failed alike.
}
fuzz-replay = Play it again: sockspec grade { $file } { $address }
fuzz-asked = The search was broken off.
fuzz-died = The search ended early: the program serves nobody any more. Start it again, and search on with another --seed.
fuzz-spins = The search ended early: after each client the program goes on at full speed. Mend that first, see `sockspec explain spins-at-eof`.
fuzz-out-of-ports = The search ended early: the system has no free port left for connections to this address. Go on in a minute, with another --seed.
fuzz-progress = { $cases ->
    [one] one case
   *[other] { $cases } cases
} played, { $found ->
    [one] one failure
   *[other] { $found } failures
} found
bad-port = `{ $port }` is not a port: a port is a number from 0 (the system chooses) to 65535
no-port = --port takes a number: `sockspec serve { $exercise } --port 2056`
doctor-state-ok = OK
doctor-state-limited = limited
doctor-state-missing = MISSING
doctor-loopback = TCP connections over 127.0.0.1 work: servers are graded there.
doctor-no-loopback = No TCP connection over 127.0.0.1 can be made ({ $reason }): no server can be graded here.
doctor-free-port = Ports are free: with `--run`, each server gets one of its own.
doctor-no-free-port = No port is free ({ $reason }): with `--run`, no server can be started.
doctor-start = Programs can be started: `--run` and `--build` work.
doctor-no-start = No program can be started ({ $reason }): `--run` and `--build` do not work.
doctor-socket-tables = The kernel tells what a server has read: cuts between segments are sure, and grades are fast.
doctor-no-socket-tables = The kernel does not tell what a server has read ({ $reason }): cuts between segments are made by waiting, which is slower and less sure.
doctor-processes = What a started program waits for can be seen: silence is known at once, and a memory that grows is found.
doctor-no-processes = What a started program waits for cannot be seen ({ $reason }): silence is decided by time limits, and a memory that grows is not found.
doctor-loopback-v6 = TCP connections over ::1 work: a server may listen on IPv6.
doctor-no-loopback-v6 = There is no IPv6 here ({ $reason }): a server that listens on IPv6 only cannot be graded.
doctor-second-address = 127.0.0.2 is an address of this machine: answers that come from elsewhere can be tried.
doctor-no-second-address = 127.0.0.2 is not an address of this machine ({ $reason }): what takes a second address is not tried.
doctor-unix-socket = Unix sockets work: exercises over them can be graded.
doctor-no-unix-socket = Unix sockets do not work ({ $reason }): exercises over them cannot be graded.
doctor-terminal = There are pseudo-terminals: a program can be tried as a person at a terminal would.
doctor-no-terminal = There are no pseudo-terminals ({ $reason }): programs are tried with pipes only.
doctor-tool = { $tool } is at { $path }.
doctor-no-tool = { $tool } is not in the path: programs and command lines that need it do not run here.
doctor-locale = The locale { $locale } is in UTF-8: programs that follow it print accents as they should.
doctor-no-utf8 = The locale { $locale } is not in UTF-8: programs that follow it may fail on accents; `LC_ALL=C.UTF-8` helps.
doctor-grading-works = Grading works on this machine.
doctor-grading-fails = Grading does not work on this machine: see what is missing.
no-clients = `{ $exercise }` asks for a server only: there is no client to grade
