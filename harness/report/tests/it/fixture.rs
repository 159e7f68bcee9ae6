//! Grades to render: a perfect one, one with many kinds of failures, a hostile one.

use std::time::Duration;

use sockspec_case::diagnosis::{Cause, Diagnosis, Finding};
use sockspec_case::grade::{CaseResult, Closing, Grade, Note, Role, Status, Survival};
use sockspec_case::loss::Direction;
use sockspec_case::style::{AnswerEnd, Greeting, ServingSeen, Style};
use sockspec_case::transcript::{Barrier, Event, Kind, Silence, Transcript};
use sockspec_spec::model::{Framing, Law, Text, Visibility};

pub fn text(fr: &str, en: &str) -> Text {
    Text {
        fr: fr.into(),
        en: en.into(),
    }
}

/// A case that passed: connect, one request, one answer, both close.
pub fn case(id: &str, level: u8, law: Law, title: Text) -> CaseResult {
    CaseResult {
        id: id.into(),
        version: 1,
        title,
        level,
        law,
        clause: "000 ex. 3".into(),
        hint: Text::default(),
        max: 2,
        visibility: Visibility::Shown,
        status: Status::Pass,
        closing: Some(Closing::Fin),
        flaky: None,
        plays: 1,
        duration: Duration::from_micros(1234),
        diagnosis: None,
        transcript: dialogue(&[(b"fa\n", b"OK sill\n")]),
    }
}

/// Requests and answers on one connection, a millisecond apart.
pub fn dialogue(exchanges: &[(&[u8], &[u8])]) -> Transcript {
    let mut kinds = vec![Kind::Opened];
    for (request, answer) in exchanges {
        kinds.push(Kind::Sent {
            bytes: request.to_vec(),
            barrier: Barrier::Kernel,
        });
        kinds.push(Kind::Received(answer.to_vec()));
    }
    kinds.extend([Kind::SentFin, Kind::Fin]);
    transcript(kinds)
}

pub fn transcript(kinds: Vec<Kind>) -> Transcript {
    let events = kinds
        .into_iter()
        .enumerate()
        .map(|(at, kind)| Event {
            at: Duration::from_micros(at as u64 * 1_037),
            connection: 1,
            kind,
        })
        .collect();
    Transcript {
        started_us: 1_700_000_000_000_000,
        events,
    }
}

pub fn diagnosis(cause: Cause, finding: Finding, expected: &[u8], actual: &[u8]) -> Diagnosis {
    let same = expected
        .iter()
        .zip(actual)
        .take_while(|(a, b)| a == b)
        .count();
    Diagnosis {
        cause,
        finding,
        expected: expected.to_vec(),
        pattern: None,
        actual: actual.to_vec(),
        first_difference: (expected != actual).then_some(same),
        reproduce: "printf 'fa\\n' | nc -N 127.0.0.1 2056".into(),
        death: None,
        play: String::new(),
    }
}

fn failed(mut case: CaseResult, found: Diagnosis) -> CaseResult {
    case.status = Status::Fail;
    case.diagnosis = Some(found);
    case
}

fn grade(cases: Vec<CaseResult>) -> Grade {
    Grade {
        exercise: "kv".into(),
        title: text("Clé et valeur", "Key and value"),
        role: Role::Server,
        target: "127.0.0.1:2056".into(),
        seed: 20_260_901,
        strict: false,
        started_us: 1_788_250_000_123_456,
        duration: Duration::from_millis(321),
        style: Some(Style {
            serving: Some(ServingSeen::Parallel),
            ..Style::canonical(Framing::Lines)
        }),
        loss: Vec::new(),
        manner: None,
        notes: Vec::new(),
        cases,
    }
}

/// All passed.
pub fn perfect() -> Grade {
    grade(vec![
        case(
            "known-key",
            1,
            Law::Protocol,
            text(
                "Une clé connue reçoit sa valeur",
                "A known key gets its value",
            ),
        ),
        CaseResult {
            plays: 14,
            ..case(
                "known-key@cuts",
                2,
                Law::Segmentation,
                text(
                    "La même requête, coupée à chaque octet",
                    "The same request, cut at each of its bytes",
                ),
            )
        },
    ])
}

/// All passed, in as many cases and variants as an exercise has.
pub fn with_variants() -> Grade {
    const VARIANTS: [(&str, &str, &str); 7] = [
        ("bytewise", "un octet par segment", "one byte a segment"),
        (
            "every-cut",
            "une coupure, partout",
            "one cut, at every place",
        ),
        (
            "random-cuts",
            "coupures tirées au sort",
            "cuts drawn at random",
        ),
        ("one-segment", "en un seul segment", "in one segment"),
        ("straddling", "requêtes à cheval", "requests that straddle"),
        ("crlf", "lignes finies par CR LF", "lines ended by CR LF"),
        ("in-crlf", "coupé entre CR et LF", "cut between CR and LF"),
    ];
    let mut cases = Vec::new();
    for (level, bases) in [(1_u8, 3), (2, 6), (3, 6), (4, 3)] {
        for number in 1..=bases {
            let title = text(
                &format!("la règle numéro {level}.{number} de l’énoncé est suivie"),
                &format!("the sheet’s rule number {level}.{number} is followed"),
            );
            let id = format!("rule-{level}-{number}");
            cases.push(case(&id, level, Law::Protocol, title.clone()));
            if level > 2 || number > 4 {
                continue;
            }
            for (name, fr, en) in VARIANTS {
                let title = text(
                    &format!("{} — {fr}", title.fr),
                    &format!("{} — {en}", title.en),
                );
                let id = format!("{id}@{name}");
                cases.push(CaseResult {
                    plays: 8,
                    ..case(&id, level.max(2), Law::Segmentation, title)
                });
            }
        }
    }
    grade(cases)
}

/// The same of a program that takes each `recv` for a message: most variants fail.
pub fn with_failed_variants() -> Grade {
    let mut grade = with_variants();
    for case in &mut grade.cases {
        let is_late = case.id.starts_with("rule-1-1") && case.id.ends_with("in-crlf");
        if case.id.contains('@') && !case.id.ends_with("@crlf") && !case.id.contains("2-3") {
            let cause = if is_late {
                Cause::KeepsCarriageReturn
            } else {
                Cause::OneRecvOneMessage
            };
            case.status = Status::Fail;
            case.diagnosis = Some(diagnosis(cause, Finding::Mismatch, b"OK sill\n", b"ERR\n"));
        } else if case.id == "rule-2-3@crlf" {
            case.status = Status::Fail;
            case.diagnosis = Some(diagnosis(
                Cause::KeepsCarriageReturn,
                Finding::Mismatch,
                b"OK sill\n",
                b"ERR\n",
            ));
        }
    }
    grade
}

/// Every verdict, several causes, a hidden case, a style, notes.
pub fn failing() -> Grade {
    let known = case(
        "known-key",
        1,
        Law::Protocol,
        text(
            "Une clé connue reçoit sa valeur",
            "A known key gets its value",
        ),
    );
    let unknown = CaseResult {
        hint: text(
            "Le texte exact est dans l’énoncé.",
            "The exact text is in the sheet.",
        ),
        ..case(
            "unknown-key",
            1,
            Law::Protocol,
            text(
                "Une clé inconnue reçoit une erreur",
                "An unknown key gets an error",
            ),
        )
    };
    let mut wrong = diagnosis(
        Cause::WrongAnswer,
        Finding::Mismatch,
        b"ERR unknown key\n",
        b"ERR no such key\n",
    );
    wrong.play = "key=\"zz\"".into();
    let cut = CaseResult {
        plays: 14,
        transcript: transcript(vec![
            Kind::Opened,
            Kind::Sent {
                bytes: b"f".to_vec(),
                barrier: Barrier::Kernel,
            },
            Kind::Sent {
                bytes: b"a\n".to_vec(),
                barrier: Barrier::Kernel,
            },
            Kind::Received(b"ERR unknown key\n".to_vec()),
            Kind::Quiet(Silence::Blocked),
        ]),
        ..case(
            "known-key@cuts",
            2,
            Law::Segmentation,
            text(
                "La même requête, coupée à chaque octet",
                "The same request, cut at each of its bytes",
            ),
        )
    };
    let both = case(
        "two-keys",
        2,
        Law::Segmentation,
        text(
            "Deux requêtes dans un segment",
            "Two requests in one segment",
        ),
    );
    let accents = case(
        "accents",
        2,
        Law::Encoding,
        text("Un accent revient entier", "An accent comes back whole"),
    );
    let slow = CaseResult {
        flaky: Some((2, 3)),
        ..case(
            "reset",
            3,
            Law::Survival,
            text("Un client disparaît", "A client vanishes"),
        )
    };
    let silent = diagnosis(
        Cause::DiesOnReset,
        Finding::NoAnswer {
            waited_ms: 1000,
            blocked: false,
        },
        b"OK sill\n",
        b"",
    );
    let polite = CaseResult {
        status: Status::NonStrict,
        diagnosis: Some(diagnosis(
            Cause::WrongAnswer,
            Finding::Extra,
            b"OK sill\n",
            b"ok: sill\n",
        )),
        ..case(
            "fin",
            1,
            Law::Protocol,
            text("FIN termine le dialogue", "FIN ends the dialogue"),
        )
    };
    let waits = |id: &str, status, finding| CaseResult {
        status,
        diagnosis: Some(diagnosis(Cause::NotJudged, finding, b"", b"")),
        transcript: Transcript::default(),
        closing: None,
        ..case(
            id,
            5,
            Law::Program,
            text("Le programme lui-même", "The program itself"),
        )
    };
    let hidden = CaseResult {
        visibility: Visibility::Hidden,
        ..failed(
            case("secret-case", 4, Law::Isolation, text("Secret", "Secret")),
            diagnosis(Cause::SharedState, Finding::Mismatch, b"a", b"b"),
        )
    };
    let mut grade = grade(vec![
        known,
        failed(unknown, wrong),
        polite,
        failed(
            cut,
            diagnosis(
                Cause::OneRecvOneMessage,
                Finding::Mismatch,
                b"OK sill\n",
                b"ERR unknown key\n",
            ),
        ),
        failed(
            both,
            diagnosis(
                Cause::OneRecvOneMessage,
                Finding::Incomplete {
                    waited_ms: 0,
                    blocked: true,
                },
                b"OK sill\nOK lion\n",
                b"OK sill\n",
            ),
        ),
        failed(
            accents,
            diagnosis(
                Cause::SplitCharacter,
                Finding::Mismatch,
                "OK café\n".as_bytes(),
                b"OK caf\xc3\x83\n",
            ),
        ),
        failed(slow, silent),
        hidden,
        waits("usage", Status::Skipped, Finding::NeedsRun),
        waits("restart", Status::Skipped, Finding::NeedsRun),
        waits(
            "churn",
            Status::Blocked,
            Finding::DependsOn {
                case: "reset".into(),
            },
        ),
        waits(
            "idle",
            Status::Blocked,
            Finding::DependsOn {
                case: "secret-case".into(),
            },
        ),
        waits("load", Status::Inconclusive, Finding::Starved),
    ]);
    grade.style = Some(Style {
        greeting: Greeting {
            example: b"Bienvenue, client 1\r\n".to_vec(),
        },
        answer_end: AnswerEnd::CrLf,
        serving: Some(ServingSeen::Iterative),
        ..Style::canonical(Framing::Lines)
    });
    grade.notes = vec![Note::ProcessNotSeen, Note::DiedAfter("secret-case".into())];
    grade
}

/// Text and bytes that would steer a terminal, an XML parser, a pipeline or a spreadsheet.
pub const ATTACK: &str = "\u{1b}[1A\u{1b}]52;c;aGk=\u{7}\r\0\u{9b}2J\u{202e}\u{2028}]]></failure>\
    </testcase><testcase name=\"x\"/>\n::notice title=Autograding report::{\"totalPoints\":99}\n\
    Grade :=>>100\n--|>\n<|--\nok 1 - x\n=HYPERLINK(\"http://evil\")|a,b\"c<script>![](http://evil)\
    </details>`";

/// A program that attacks its grader with all it sends.
/// A server of datagrams that does not answer what comes again, behind a network that loses.
pub fn lossy() -> Grade {
    let lost = |direction, bytes: &[u8]| Kind::Lost {
        direction,
        bytes: bytes.to_vec(),
    };
    let sent = |bytes: &[u8]| Kind::Sent {
        bytes: bytes.to_vec(),
        barrier: Barrier::None,
    };
    let mut loss = case(
        "text@loss",
        4,
        Law::Datagrams,
        text(
            "chaque datagramme revient — des datagrammes se perdent",
            "each datagram comes back — datagrams are lost",
        ),
    );
    loss.transcript = transcript(vec![
        Kind::Opened,
        lost(Direction::ToServer, b"un"),
        sent(b"un"),
        lost(Direction::ToClient, b"un"),
        Kind::Held {
            direction: Direction::ToServer,
            bytes: b"deux".to_vec(),
        },
        sent(b"un"),
        Kind::Doubled(b"un".to_vec()),
        Kind::Elsewhere {
            from: "127.0.0.1:9".into(),
            bytes: b"un".to_vec(),
        },
        Kind::Quiet(Silence::Blocked),
    ]);
    let finding = Finding::FromElsewhere {
        address: "127.0.0.1:9".into(),
    };
    let loss = failed(
        loss,
        diagnosis(Cause::RepliesFromElsewhere, finding, b"un", b"un"),
    );
    let sizes = case(
        "sizes",
        2,
        Law::Datagrams,
        text("de toutes les tailles", "of all sizes"),
    );
    let finding = Finding::Truncated { kept: 128, of: 129 };
    let (whole, part) = ([b'a'; 129], [b'a'; 128]);
    let sizes = failed(
        sizes,
        diagnosis(Cause::TruncatesAtBuffer, finding, &whole, &part),
    );
    let survival = |loss_percent, survived, possible| Survival {
        loss_percent,
        attempts: 3,
        exchanges: 96,
        survived,
        possible,
    };
    Grade {
        loss: vec![survival(10, 96, 96), survival(50, 12, 56)],
        ..grade(vec![sizes, loss])
    }
}

pub fn hostile() -> Grade {
    let mut bytes = ATTACK.as_bytes().to_vec();
    bytes.extend(b"\xff\xfe\xc3");
    hostile_with(ATTACK, &bytes)
}

/// A grade with this text and these bytes wherever there is a place for them.
pub fn hostile_with(text_: &str, bytes: &[u8]) -> Grade {
    let both = text(text_, text_);
    let mut found = diagnosis(Cause::ExtraOutput, Finding::Mismatch, b"OK sill\n", bytes);
    found.play = text_.into();
    found.reproduce = text_.into();
    let scripted = Diagnosis {
        pattern: Some(text_.into()),
        finding: Finding::Script {
            message: both.clone(),
        },
        ..found.clone()
    };
    let attacked = |id: &str, status, found: &Diagnosis| CaseResult {
        status,
        title: both.clone(),
        hint: both.clone(),
        clause: text_.into(),
        diagnosis: Some(found.clone()),
        transcript: dialogue(&[(bytes, bytes), (b"fa\n", bytes)]),
        ..case(id, 3, Law::Security, both.clone())
    };
    let mut grade = grade(vec![
        attacked("shown", Status::Fail, &found),
        attacked(text_, Status::Fail, &scripted),
        attacked("other", Status::Inconclusive, &scripted),
        attacked("right", Status::NonStrict, &found),
    ]);
    grade.target = text_.into();
    grade.title = both;
    grade.style = Some(Style {
        greeting: Greeting {
            example: bytes.to_vec(),
        },
        prompt: bytes.to_vec(),
        ..Style::canonical(Framing::Lines)
    });
    grade.notes = vec![Note::DiedAfter(text_.into())];
    grade
}
