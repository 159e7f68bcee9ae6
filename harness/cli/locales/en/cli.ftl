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
not-a-grade = `{ $file }` is not a saved grade: { $reason }
unknown-format = `{ $format }` is not a format. There are: { $all }
unknown-code = nothing is called `{ $code }`: did you mean `{ $nearest }`? `sockspec explain` lists all.
nothing-selected = no case of `{ $exercise }` fits what was asked for: see `sockspec list { $exercise }`
spec-right = `{ $file }` is right: { $cases } cases
spec-mistakes = { $count ->
    [one] `{ $file }` has one mistake
   *[other] `{ $file }` has { $count } mistakes
}
bad-number = { $option } takes { $range }
dialogues-played = { $count } dialogues in { $seconds } s: { $rate } a second
grading-embedded = grading the embedded reference server of `{ $exercise }`, listening on { $address }
not-executed = `{ $command }` cannot be executed: { $reason }. Is the program there, and is the path right from this folder?
no-place = the command of --run has no `{ $placeholder }`: the harness chooses where each server listens, so the command must say where that goes, for example `python3 server.py { $placeholder }`
unclosed = a quotation mark in the command of { $option } is not closed
no-command = the command of { $option } is empty
no-folder = `{ $folder }` is not a folder
bad-limit = `{ $item }` is not a limit: write WHAT=SECONDS, for example start=30; WHAT is build, start or total
