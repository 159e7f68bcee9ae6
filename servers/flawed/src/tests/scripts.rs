//! The scripts: few, and together enough for every flaw of their exercise.

use super::play::Step::{self, *};

/// A dialogue with one or more clients.
pub(super) struct Script {
    pub(super) name: &'static str,
    pub(super) arguments: &'static str,
    pub(super) is_udp: bool,
    pub(super) steps: Vec<Step>,
}

pub(super) fn scripts(exercise: &str) -> Vec<Script> {
    match exercise {
        "echo-tcp" => tcp(bytes("é".as_bytes(), false)),
        "upper-tcp" => tcp(bytes("É".as_bytes(), true)),
        "echo-udp" | "upper-udp" => datagrams(),
        "text-commands" => tcp(text_commands()),
        "mystery-number" => mystery_number(),
        "kv" => tcp(kv()),
        "kv-peer" => [tcp(kv()), with("--peer 127.0.0.1:1", tcp(peer()))]
            .into_iter()
            .flatten()
            .collect(),
        "files" => with(TREE, tcp(files())),
        "web" => with(TREE, tcp(web())),
        "daytime-tcp" | "time-tcp" => tcp(vec![
            ("asks", vec![Send(0, b"?".to_vec()), End(0)]),
            ("waits", vec![Open(0), End(0)]),
            (
                "one after the other",
                vec![Open(0), End(0), Fin(0), Open(1), End(1)],
            ),
            ("resets", vec![Open(0), Reset(0)]),
        ]),
        "daytime-udp" | "time-udp" => {
            let mut scripts = vec![
                udp("two clients", &[(0, b"?"), (0, b"?"), (1, b"?"), (0, b"")]),
                udp("not UTF-8", &[(0, b"\xE9"), (0, b"?")]),
            ];
            scripts.extend(many_datagrams(|client| Receive(client, 1)));
            scripts
        }
        "chargen-tcp" => tcp(chargen()),
        "chargen-udp" => {
            let mut scripts = vec![
                characters(&[
                    (0, b"?"),
                    (0, b"?"),
                    (1, b"?"),
                    (0, b""),
                    (1, b"\xE9"),
                    (0, b"?"),
                ]),
                characters(&[(0, b"?"), (1, b"?")]),
            ];
            scripts.extend(many_datagrams(Printable));
            scripts
        }
        "discard-tcp" | "line-printer" => tcp(discard()),
        "discard-udp" => vec![
            discarded(&[b"un", b"deux"]),
            discarded(&[b"", b"\xE9", b"x"]),
        ],
        // Without a keyboard there is nothing to be said.
        "chat-turns" | "chat-duplex" => Vec::new(),
        "unix-successor" => tcp(successor()),
        "bar" => tcp(bar()),
        other => panic!("no scripts for {other}"),
    }
}

/// The tree of the repository: a server in these tests lives as long as they do, and so would a tree
/// that was written out for it.
const TREE: &str = concat!(
    "--root ",
    env!("CARGO_MANIFEST_DIR"),
    "/../../specs/data/site"
);

fn with(arguments: &'static str, mut scripts: Vec<Script>) -> Vec<Script> {
    for script in &mut scripts {
        script.arguments = arguments;
    }
    scripts
}

type Named = (&'static str, Vec<Step>);

fn tcp(scripts: Vec<Named>) -> Vec<Script> {
    let script = |(name, steps)| Script {
        name,
        arguments: "",
        is_udp: false,
        steps,
    };
    scripts.into_iter().map(script).collect()
}

/// Datagrams that are each answered.
fn udp(name: &'static str, datagrams: &[(usize, &[u8])]) -> Script {
    let exchange =
        |&(client, bytes): &(usize, &[u8])| [Send(client, bytes.to_vec()), Receive(client, 1)];
    let steps = datagrams.iter().flat_map(exchange).collect();
    Script {
        name,
        arguments: "",
        is_udp: true,
        steps,
    }
}

/// Datagrams that are not answered, and after each the next client.
fn discarded(datagrams: &[&[u8]]) -> Script {
    let sends = datagrams.iter().map(|datagram| Send(0, datagram.to_vec()));
    Script {
        name: "no answer",
        arguments: "",
        is_udp: true,
        steps: sends.chain([Read(0), Peek(0)]).collect(),
    }
}

/// Datagrams that are each answered with characters; the first client gets no more than that.
fn characters(datagrams: &[(usize, &[u8])]) -> Script {
    let exchange =
        |&(client, bytes): &(usize, &[u8])| [Send(client, bytes.to_vec()), Printable(client)];
    let steps = datagrams.iter().flat_map(exchange).chain([Peek(0)]);
    Script {
        name: "characters",
        arguments: "",
        is_udp: true,
        steps: steps.collect(),
    }
}

fn chargen() -> Vec<Named> {
    vec![
        ("listens", vec![Receive(0, 200)]),
        (
            "ends, then resets",
            vec![Receive(0, 10), Fin(0), Reset(0), Receive(1, 10)],
        ),
        ("listens long", vec![Receive(0, 20_000)]),
        (
            "one after the other",
            vec![
                Receive(0, 10),
                Reset(0),
                Receive(1, 10),
                Reset(1),
                Receive(2, 10),
            ],
        ),
    ]
}

fn bar() -> Vec<Named> {
    let order = |text: &str| {
        let answer = "vous m'avez demandé :  bien reçu 5 / 5".len() + text.len();
        [Send(0, text.as_bytes().to_vec()), Receive(0, answer)]
    };
    let ending = |mut steps: Vec<Step>| {
        steps.extend([Send(0, b"fin".to_vec()), End(0)]);
        steps
    };
    vec![
        (
            "orders",
            ending([order("une bière"), order("un coca"), order("x")].concat()),
        ),
        (
            "a long order",
            ending([order(&"k".repeat(1000)), order("finale")].concat()),
        ),
        ("percent", ending(order("100%d %s").to_vec())),
        (
            "bytes that are not UTF-8",
            vec![Send(0, b"caf\xE9".to_vec()), Fin(0), End(0)],
        ),
        (
            "ends at once",
            vec![Send(0, b"un coca".to_vec()), Fin(0), End(0)],
        ),
        (
            "resets",
            [
                order("un coca").to_vec(),
                vec![Reset(0), Send(1, b"fin".to_vec()), End(1)],
            ]
            .concat(),
        ),
    ]
}

fn successor() -> Vec<Named> {
    let ask = |client, byte| [Send(client, vec![byte]), End(client)];
    vec![
        (
            "one after the other",
            [
                ask(0, b'A'),
                ask(1, 0),
                ask(2, 0x7F),
                ask(3, 0xC3),
                ask(4, 0xFF),
            ]
            .concat(),
        ),
        (
            "leaves without a word",
            vec![Open(0), Fin(0), End(0), Send(1, b"a".to_vec()), End(1)],
        ),
        ("more than a byte", vec![Send(0, b"abc".to_vec()), End(0)]),
        ("ends at once", vec![Send(0, b"a".to_vec()), Fin(0), End(0)]),
    ]
}

fn discard() -> Vec<Named> {
    let mut scripts = leaving(b"bonjour\n");
    // There is no answer to wait for.
    scripts.retain(|(name, _)| {
        !matches!(
            *name,
            "three clients at once" | "the oldest of three leaves"
        )
    });
    scripts.extend([
        (
            "three clients at once",
            (0..3)
                .flat_map(|client| [Send(client, b"bonjour\n".to_vec()), Read(client)])
                .collect(),
        ),
        (
            "two segments",
            vec![
                Send(0, b"a".to_vec()),
                Read(0),
                Send(0, b"\xE9\n".to_vec()),
                Read(0),
                Send(0, b"b".to_vec()),
                Read(0),
                Fin(0),
                End(0),
            ],
        ),
        (
            "one after the other",
            vec![Open(0), Fin(0), End(0), Open(1), Fin(1), End(1)],
        ),
    ]);
    scripts
}

fn dialogue(bytes: &[u8]) -> Vec<Step> {
    vec![Send(0, bytes.to_vec()), Fin(0), End(0)]
}

/// What clients of every TCP server with more than one exchange do.
fn leaving(request: &[u8]) -> Vec<Named> {
    vec![
        ("leaves at once", dialogue(request)),
        ("leaves without a word", vec![Open(0), Fin(0), End(0)]),
        ("resets", vec![Send(0, request.to_vec()), Reset(0)]),
        (
            "leaves in the midst of much work",
            vec![Send(0, request.repeat(4 << 10)), Fin(0), Reset(0)],
        ),
        (
            "three clients at once",
            (0..3)
                .flat_map(|client| [Send(client, request.to_vec()), Receive(client, 1)])
                .collect(),
        ),
        (
            "the oldest of three leaves",
            (0..3)
                .flat_map(|client| [Send(client, request.to_vec()), Receive(client, 1)])
                .chain([Fin(0), End(0)])
                .chain([Send(3, request.to_vec()), Receive(3, 1)])
                .chain([Send(2, request.to_vec()), Fin(2), End(2)])
                .collect(),
        ),
    ]
}

/// `echo-tcp` and `upper-tcp`; `e` is what an é becomes.
fn bytes(e: &[u8], waits_for_whole_characters: bool) -> Vec<Named> {
    let first = if waits_for_whole_characters { 1 } else { 2 };
    let mut scripts = leaving(b"bonjour\n");
    scripts.extend([
        (
            "cut character",
            vec![
                Send(0, b"a\xC3".to_vec()),
                Receive(0, first),
                Send(0, b"\xA9".to_vec()),
                Receive(0, 1 + e.len() - first),
                Fin(0),
                End(0),
            ],
        ),
        (
            "no newline",
            vec![Send(0, b"abc".to_vec()), Receive(0, 3), Fin(0), End(0)],
        ),
        ("accents", dialogue("e\u{301}é{~ ÿ\u{7f}\n".as_bytes())),
        ("white space", dialogue(b" a \n")),
        ("NUL", dialogue(b"a\0b\n")),
        ("CR", dialogue(b"a\rb\n")),
        ("percent", dialogue(b"100%d %s\n")),
        (
            "not UTF-8",
            vec![
                Send(0, b"a\xE9b\n".to_vec()),
                Receive(0, 4),
                Send(0, b"c\n".to_vec()),
                Receive(0, 2),
            ],
        ),
        ("long", dialogue(&b"0123456789".repeat(200))),
        (
            "two clients",
            vec![
                Send(0, b"a\xC3".to_vec()),
                Receive(0, first),
                Send(1, b"b".to_vec()),
                Receive(1, 1),
            ],
        ),
        (
            "flood",
            vec![Flood(0, b"0123456789abcdef".repeat(1024 * 1024))],
        ),
    ]);
    scripts
}

/// What clients of every UDP server do, beyond asking once.
fn many_datagrams(take: impl Fn(usize) -> Step) -> Vec<Script> {
    let ask = |client| Send(client, b"?".to_vec());
    let script = |name, steps| Script {
        name,
        arguments: "",
        is_udp: true,
        steps,
    };
    let in_turn = (0..20).flat_map(|client| [ask(client), take(client)]);
    let mut at_once = vec![ask(0); 200];
    at_once.extend(vec![take(0); 200]);
    let mut gone: Vec<Step> = (1..20)
        .flat_map(|client| [ask(client), ask(client), ask(client), Reset(client)])
        .collect();
    gone.extend([ask(0), take(0)]);
    vec![
        script(
            "no more than one answer",
            vec![ask(0), take(0), ask(1), take(1), Peek(0)],
        ),
        script("many clients", in_turn.collect()),
        script("many at once", at_once),
        script("gone", gone),
    ]
}

fn datagrams() -> Vec<Script> {
    let mut scripts = vec![
        udp(
            "two clients",
            &[(0, b"un"), (0, b"deux"), (1, b"trois"), (0, b"x")],
        ),
        udp("empty", &[(0, b""), (0, b"a")]),
        udp(
            "long",
            &[(0, &[b'a'; 1000]), (0, &[b'b'; 65_507]), (0, b"c")],
        ),
        udp("accents", &[(0, "e\u{301}é{~".as_bytes())]),
        udp(
            "odd bytes",
            &[(0, b" a\0b\n"), (0, b"5%d"), (0, b"\xE9"), (0, b"a")],
        ),
        udp("quit", &[(0, b"quit"), (0, b"a")]),
        udp("again", &[(0, b"a"), (0, b"a"), (0, b"b")]),
    ];
    scripts.extend(many_datagrams(|client| Receive(client, 1)));
    scripts
}

fn text_commands() -> Vec<Named> {
    let long_line = format!("UPPER {}\n", "x".repeat(60_000));
    let mut scripts = leaving(b"UPPER a\n");
    scripts.extend(lines(b"UPPER a\n", b"A\n", b"LOW", b"ER B\n", b"b\n"));
    scripts.extend([
        ("line separators", dialogue("UPPER a\u{2028}b\n".as_bytes())),
        (
            "cut character",
            vec![
                Send(0, b"UPPER a\nUPPER \xC3".to_vec()),
                Receive(0, 2),
                Send(0, b"\xA9\n".to_vec()),
                Receive(0, 3),
            ],
        ),
        (
            "accents",
            dialogue("UPPER e\u{301}é\nLOWER ÉA\n".as_bytes()),
        ),
        ("percent", dialogue(b"LOWER 100%d %s\n")),
        ("arguments", dialogue(b"UPPER  a \nUPPER\nUPPER a\0b\n")),
        ("unknown", dialogue(b"HELLO\nUPPER a\n")),
        (
            "long",
            dialogue(format!("UPPER {}\n", "x".repeat(200)).as_bytes()),
        ),
        ("time", dialogue(b"DATENOW\n")),
        ("flood", vec![Flood(0, long_line.repeat(300).into_bytes())]),
    ]);
    scripts
}

fn kv() -> Vec<Named> {
    let mut scripts = leaving(b"fa\n");
    scripts.extend(lines(b"fa\n", b"OK sill\n", b"l", b"i\n", b"OK nez\n"));
    scripts.extend([
        (
            "cut character",
            vec![
                Send(0, b"fa\n\xC3".to_vec()),
                Receive(0, 8),
                Send(0, b"\xA9\n".to_vec()),
                Receive(0, 16),
            ],
        ),
        ("line separators", dialogue("fa\u{2028}fa\n".as_bytes())),
        ("FIN beside a key", dialogue(b"fa\nFIN\n")),
        ("percent", dialogue(b"%n\nfa\n")),
        ("keys", dialogue(b"fa\nmi\nli\nfable\nfa\n")),
        ("FIN", vec![Send(0, b"FIN\n".to_vec()), End(0)]),
        (
            "two clients",
            vec![
                Send(0, b"fa\nf".to_vec()),
                Receive(0, 8),
                Send(1, b"mi\n".to_vec()),
                Receive(1, 8),
            ],
        ),
    ]);
    scripts
}

/// What a server is asked whose peer is not there.
fn peer() -> Vec<Named> {
    vec![
        ("of a client", dialogue(b"zut\nfa\n")),
        ("of a server", dialogue(b"PEER 2 a:1 zut\nPEER 2 a:1 fa\n")),
        ("the last hop", dialogue(b"PEER 1 a:1,b:2 zut\n")),
        ("no hop left", dialogue(b"PEER 0 a:1,b:2 zut\n")),
    ]
}

fn files() -> Vec<Named> {
    const INSIDE: &[u8] = b"OK 33\nUn fichier dans un sous-dossier.\n";
    let request = b"GET folder/inside.txt\n";
    let mut scripts = leaving(request);
    scripts.extend(lines(
        request,
        INSIDE,
        b"GET fol",
        b"der/inside.txt\n",
        INSIDE,
    ));
    scripts.extend([
        (
            "cut character",
            vec![
                Send(0, [request, &b"\xC3"[..]].concat()),
                Receive(0, INSIDE.len()),
                Send(0, b"\xA9\n".to_vec()),
                Receive(0, 20),
            ],
        ),
        (
            "files",
            dialogue(b"GET accents.txt\nGET bytes.bin\nGET empty.txt\nGET index.html\n"),
        ),
        ("big", dialogue(b"GET big.txt\n")),
        ("FIN beside a request", dialogue(b"GET empty.txt\nFIN\n")),
        ("missing", dialogue(b"GET nothing\nGET folder\nGET .\n")),
        ("unknown", dialogue(b"GET\nPUT x\nGET empty.txt\n")),
        (
            "outside",
            dialogue(
                b"GET ../outside.txt\nGET /etc/passwd\nGET outside-link.txt\n\
                  GET ../site-private/secret.txt\nGET %2e%2e/outside.txt\nGET ../nothing\n\
                  GET folder/../index.html\n",
            ),
        ),
        ("FIN", vec![Send(0, b"FIN\n".to_vec()), End(0)]),
        (
            "two clients",
            vec![
                Send(0, [request, &b"GET"[..]].concat()),
                Receive(0, INSIDE.len()),
                Send(1, request.to_vec()),
                Receive(1, INSIDE.len()),
            ],
        ),
        (
            "slow client",
            vec![
                Send(0, b"GET big.txt\n".repeat(16)),
                Receive(0, 1),
                Send(1, b"GET big.txt\n".repeat(8)),
                Receive(1, 8 << 20),
                Receive(0, 16 << 20),
            ],
        ),
        ("flood", vec![Flood(0, b"GET big.txt\n".repeat(16))]),
        (
            "three clients",
            (0..3)
                .flat_map(|client| {
                    [
                        Send(client, request.to_vec()),
                        Receive(client, INSIDE.len()),
                    ]
                })
                .collect(),
        ),
        (
            "resets a long answer",
            vec![
                Send(0, b"GET big.txt\n".repeat(16)),
                Receive(0, 1),
                Fin(0),
                Reset(0),
            ],
        ),
    ]);
    scripts
}

fn web() -> Vec<Named> {
    let request = |line: &str| format!("{line} HTTP/1.1\r\nHost: x\r\n\r\n").into_bytes();
    let last = |line: &str| {
        let request = format!("{line} HTTP/1.1\r\nHost: x\r\nconnection:Close\r\n\r\n");
        vec![Send(0, request.into_bytes()), End(0)]
    };
    let mut scripts = leaving(&request("GET /empty.txt"));
    for (name, line) in [
        ("file", "GET /folder/inside.txt"),
        ("head", "HEAD /folder/inside.txt"),
        ("index", "HEAD /"),
        ("empty", "GET /empty.txt"),
        ("accents", "HEAD /accents.txt"),
        ("bytes", "HEAD /bytes.bin"),
        ("big", "HEAD /big.txt"),
        ("missing", "GET /nothing.txt"),
        ("folder", "GET /folder"),
        ("method", "POST /empty.txt"),
        ("dot-dot", "GET /../outside.txt"),
        ("decoded dot-dot", "GET /%2e%2e/outside.txt"),
        ("absolute", "GET //etc/hostname"),
        ("link", "GET /outside-link.txt"),
        ("name like the root", "GET /../site-private/secret.txt"),
    ] {
        scripts.push((name, last(line)));
    }
    scripts.extend([
        ("not HTTP", vec![Send(0, b"bonjour\r\n\r\n".to_vec()), End(0)]),
        (
            "old client",
            vec![Send(0, b"GET /empty.txt HTTP/1.0\r\n\r\n".to_vec()), End(0)],
        ),
        (
            "other headers first",
            vec![
                Send(0, b"GET /empty.txt HTTP/1.1\r\nAccept: */*\r\nhOST: x\r\nConnection: close\r\n\r\n".to_vec()),
                End(0),
            ],
        ),
        ("long", last(&format!("GET /{}", "k".repeat(70_000)))),
        (
            "cut request",
            vec![
                Send(0, b"GET /emp".to_vec()),
                Read(0),
                Send(0, b"ty.txt HTTP/1.1\r\nConnection: close\r\n\r\n".to_vec()),
                End(0),
            ],
        ),
        (
            "two requests",
            vec![
                Send(0, request("HEAD /empty.txt")),
                Receive(0, 1),
                Send(0, request("HEAD /empty.txt")),
                Receive(0, 250),
            ],
        ),
        (
            "two clients",
            vec![
                Send(0, b"GET /e".to_vec()),
                Read(0),
                Send(1, request("HEAD /empty.txt")),
                Receive(1, 80),
            ],
        ),
        (
            "three clients",
            (0..3)
                .flat_map(|client| [Send(client, request("HEAD /empty.txt")), Receive(client, 80)])
                .collect(),
        ),
        (
            "slow client",
            vec![
                Send(0, request("GET /big.txt").repeat(16)),
                Receive(0, 1),
                Send(1, request("GET /big.txt").repeat(8)),
                Receive(1, 8 << 20),
                Receive(0, 16 << 20),
            ],
        ),
        (
            "resets a long answer",
            vec![
                Send(0, request("GET /big.txt").repeat(16)),
                Receive(0, 1),
                Fin(0),
                Reset(0),
            ],
        ),
    ]);
    scripts
}

fn mystery_number() -> Vec<Script> {
    const GREETING: usize = "MYSTERE 100 7\n".len();
    let mut scripts = tcp(leaving(b"50\n"));
    let hint = b"PLUS PETIT\n";
    let mut lines = lines(b"101\n", hint, b"10", b"2\n", hint);
    for (_, steps) in &mut lines {
        steps.insert(0, Receive(0, GREETING));
    }
    scripts.extend(tcp(lines));
    scripts.extend(tcp(vec![
        (
            "cut character",
            vec![
                Send(0, b"101\n\xC3".to_vec()),
                Receive(0, GREETING + hint.len()),
                Send(0, b"\xA9\n".to_vec()),
                Receive(0, 17),
            ],
        ),
        (
            "loses",
            vec![Send(0, b"0\n".repeat(7)), Receive(0, GREETING), End(0)],
        ),
    ]));
    let mut scripts = with("--secret 42", scripts);
    scripts.extend([
        Script {
            name: "two games",
            arguments: "--n 1000 --k 1 --seed 7",
            is_udp: false,
            steps: vec![
                Receive(0, 15),
                Receive(1, 15),
                Send(0, b"0\n".to_vec()),
                End(0),
                Send(1, b"0\n".to_vec()),
                End(1),
            ],
        },
        Script {
            name: "one number only",
            arguments: "--n 1 --k 2",
            is_udp: false,
            steps: vec![Send(0, b"1\n".to_vec()), End(0)],
        },
        Script {
            name: "wins",
            arguments: "--n 100 --k 9 --secret 42",
            is_udp: false,
            steps: vec![Send(0, b"abc\n50\n50\n50\n42\n".to_vec()), End(0)],
        },
    ]);
    scripts
}

/// What clients of every server that speaks in lines do: a first line with its answer, a second
/// one in two parts with its own.
fn lines(
    first: &[u8],
    first_answer: &[u8],
    part: &[u8],
    rest: &[u8],
    second_answer: &[u8],
) -> Vec<Named> {
    let (one, two) = (first_answer.len(), second_answer.len());
    let crlf = [&first[..first.len() - 1], b"\r\n"].concat();
    vec![
        (
            "asks twice",
            vec![
                Send(0, first.to_vec()),
                Receive(0, one),
                Send(0, [part, rest].concat()),
                Receive(0, two),
            ],
        ),
        (
            "cut line",
            vec![
                Send(0, [first, part].concat()),
                Receive(0, one),
                Send(0, rest.to_vec()),
                Receive(0, two),
            ],
        ),
        (
            "two lines at once",
            vec![Send(0, [first, part, rest].concat()), Receive(0, one + two)],
        ),
        ("CRLF", vec![Send(0, crlf), Receive(0, one)]),
        (
            "not UTF-8",
            vec![
                Send(0, b"\xE9\n".to_vec()),
                Receive(0, 18),
                Send(0, first.to_vec()),
                Receive(0, one),
            ],
        ),
        (
            "empty line",
            vec![Send(0, [b"\n", first].concat()), Fin(0), End(0)],
        ),
        ("endless line", vec![Send(0, vec![b'x'; 70_000]), End(0)]),
    ]
}
