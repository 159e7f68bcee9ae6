use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use regex::Regex;
use rstest::rstest;
use sockspec_case::client::ClientFinding;
use sockspec_case::diagnosis::Finding;
use sockspec_case::grade::Status;
use sockspec_case::http::Unreadable;
use sockspec_case::port::PortFault;
use sockspec_case::program::{Exit, Grown, ProgramFinding, Resource};
use sockspec_spec::dialogue::Protocol;
use sockspec_spec::model::{Derive, Framing, Law, Serving, Transport};
use sockspec_spec::vocabulary::BUILT_IN;

use super::*;

const FILES: [(&str, &str, &str); 5] = [
    (
        "class",
        include_str!("../../locales/fr/class.ftl"),
        include_str!("../../locales/en/class.ftl"),
    ),
    (
        "report",
        include_str!("../../locales/fr/report.ftl"),
        include_str!("../../locales/en/report.ftl"),
    ),
    (
        "html",
        include_str!("../../locales/fr/html.ftl"),
        include_str!("../../locales/en/html.ftl"),
    ),
    (
        "handout",
        include_str!("../../locales/fr/handout.ftl"),
        include_str!("../../locales/en/handout.ftl"),
    ),
    (
        "causes",
        include_str!("../../locales/fr/causes.ftl"),
        include_str!("../../locales/en/causes.ftl"),
    ),
];

/// The messages of a file, with their variables.
fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let head = Regex::new(r"^([a-z][a-z0-9-]*) =").unwrap();
    let variable = Regex::new(r"\$([a-z_]+)").unwrap();
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some(found) = head.captures(line) {
            id = found[1].to_owned();
            assert!(
                messages.insert(id.clone(), BTreeSet::new()).is_none(),
                "`{id}` stands twice"
            );
        }
        for found in variable.captures_iter(line) {
            messages
                .entry(id.clone())
                .or_default()
                .insert(found[1].to_owned());
        }
    }
    messages
}

fn all() -> BTreeMap<String, BTreeSet<String>> {
    FILES.iter().flat_map(|(_, fr, _)| messages(fr)).collect()
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    for (file, fr, en) in FILES {
        assert_eq!(messages(fr), messages(en), "{file}.ftl");
    }
}

#[test]
fn each_method_has_its_message_and_its_variables() {
    let all = all();
    for (id, variables) in MESSAGES {
        let expected: BTreeSet<String> = variables.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(all.get(*id), Some(&expected), "`{id}`");
    }
}

#[test]
fn french_marks_have_their_no_break_space() {
    let code = Regex::new("`[^`]*`").unwrap();
    let bare = Regex::new(r#"( [;?!»]| :( |$)|« |[^ \u{a0}\u{202f}`][;?!»])"#).unwrap();
    for (file, fr, _) in FILES {
        for line in fr.lines() {
            let prose = code.replace_all(line, "``");
            assert!(!bare.is_match(&prose), "{file}.ftl: {line}");
        }
    }
}

/// Every slug that a family of messages must know.
fn slugs() -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for cause in Cause::ALL {
        ids.extend(["title", "hint"].map(|part| format!("cause-{}-{part}", cause.as_str())));
    }
    for status in [
        Status::Pass,
        Status::NonStrict,
        Status::Fail,
        Status::Blocked,
        Status::Skipped,
        Status::Unimplemented,
        Status::Inconclusive,
    ] {
        ids.extend(["status", "count"].map(|family| format!("{family}-{}", status.as_str())));
    }
    for law in LAWS {
        ids.push(format!("law-{}", crate::convert::law(*law)));
    }
    ids.extend((1..=5).map(|level| format!("level-{level}")));
    ids.extend(["server", "client", "program"].map(|role| format!("role-{role}")));
    ids.extend(
        findings()
            .iter()
            .map(|found| format!("finding-{}", crate::convert::finding(found).code)),
    );
    ids.extend(["death-ended", "death-mute"].map(str::to_owned));
    ids.extend(
        crate::convert::tests::notes()
            .iter()
            .map(|code| format!("note-{code}")),
    );
    ids.extend(
        crate::transcript::tests::slugs()
            .iter()
            .map(|slug| format!("event-{slug}")),
    );
    let words = Transport::ALL.iter().map(|one| format!("transport-{one}"));
    let words = words.chain(Framing::ALL.iter().map(|one| format!("framing-{one}")));
    let words = words.chain(Serving::ALL.iter().map(|one| format!("serving-{one}")));
    let words = words.chain(BUILT_IN.iter().map(|kind| format!("kind-{}", kind.name)));
    let words = words.chain(Derive::FAMILIES.iter().map(|one| format!("derived-{one}")));
    ids.extend(words.map(|word| format!("handout-{word}")));
    ids.extend(["handout-serving-datagrams", "handout-derived-points"].map(str::to_owned));
    let clients = ["", "-streams", "-untyped", "-datagrams", "-run"];
    ids.extend(clients.map(|word| format!("handout-client{word}")));
    for slug in [
        "answer-end-cr-lf",
        "answer-end-nul",
        "answer-end-nothing",
        "request-end-cr-lf",
        "request-end-nothing",
        "dialect-ascii",
        "dialect-unicode",
        "terminal",
        "serving-one-shot",
        "serving-iterative",
        "serving-parallel",
    ] {
        ids.push(format!("style-{slug}"));
    }
    for slug in [
        "request-end-lf",
        "request-end-cr-lf",
        "request-end-nul",
        "request-end-nothing",
        "shows-at-end",
        "terminal",
    ] {
        ids.push(format!("manner-{slug}"));
    }
    ids
}

const LAWS: &[Law] = &[
    Law::Protocol,
    Law::Segmentation,
    Law::Survival,
    Law::Isolation,
    Law::HalfClose,
    Law::Encoding,
    Law::Rest,
    Law::Datagrams,
    Law::Clients,
    Law::Program,
    Law::Security,
];

fn findings() -> Vec<Finding> {
    vec![
        Finding::Mismatch,
        Finding::NoAnswer {
            waited_ms: 1,
            blocked: true,
        },
        Finding::Incomplete {
            waited_ms: 1,
            blocked: true,
        },
        Finding::NoNewline,
        Finding::ClosedEarly,
        Finding::ResetEarly,
        Finding::Extra,
        Finding::NotClosed { waited_ms: 1 },
        Finding::NotRead { waited_ms: 1 },
        Finding::FromElsewhere {
            address: "127.0.0.1:9".into(),
        },
        Finding::Truncated { kept: 128, of: 129 },
        Finding::Refused,
        Finding::ConnectTimedOut,
        Finding::Flooded,
        Finding::DependsOn { case: "a".into() },
        Finding::Died,
        Finding::NeedsRun,
        Finding::ServesFewer,
        Finding::MemoryGrew {
            sent: 100_000_000,
            grown: 100_000_000,
        },
        Finding::NotSeen,
        Finding::Ended,
        Finding::Starved,
        Finding::SecondClientWaits,
        Finding::AnswersWithoutNewline,
        Finding::RequestsNotByLine,
        Finding::Script {
            message: Text {
                fr: "é.".into(),
                en: "e.".into(),
            },
        },
        Finding::Http(Unreadable::StatusLine),
        Finding::Http(Unreadable::Header),
        Finding::Http(Unreadable::EndOfHeader),
        Finding::Http(Unreadable::Length),
        Finding::Http(Unreadable::ShortBody),
        Finding::Http(Unreadable::Chunk),
        Finding::Http(Unreadable::EndOfBody),
    ]
    .into_iter()
    .chain(program_findings().into_iter().map(Finding::Program))
    .chain(client_findings().into_iter().map(Finding::Client))
    .collect()
}

fn program_findings() -> Vec<ProgramFinding> {
    let limit = Duration::from_secs(15);
    vec![
        ProgramFinding::NotBuilt(Exit::Code(2)),
        ProgramFinding::BuildTooLong(limit),
        ProgramFinding::DiedAtStart(Exit::Signal(11)),
        ProgramFinding::NeverListened(limit),
        ProgramFinding::ListensElsewhere {
            found: "TCP 127.0.0.1:1".into(),
            told: "TCP 2".into(),
        },
        ProgramFinding::Unimplemented,
        ProgramFinding::OutOfTime(limit),
        ProgramFinding::PartOfAWord("PORT".into()),
        ProgramFinding::ShellLine,
        ProgramFinding::NotShown(300),
        ProgramFinding::ShownTwice,
        ProgramFinding::Printed,
        ProgramFinding::WrongPort(PortFault::Free(Protocol::Udp, 40_000)),
        ProgramFinding::WrongPort(PortFault::Swapped(Protocol::Tcp, 16_540, 40_000)),
        ProgramFinding::WrongPort(PortFault::NotGiven(Protocol::Udp, 0)),
        ProgramFinding::WrongPort(PortFault::None(Protocol::Tcp)),
        ProgramFinding::EndedEarly(Exit::Signal(11)),
        ProgramFinding::NotEnded(2000),
        ProgramFinding::EndedBadly(Exit::Code(1)),
        ProgramFinding::LacksPlace("PEER".into()),
        ProgramFinding::WentOn("TCP 127.0.0.1:1".into()),
        ProgramFinding::OwnPort("TCP 127.0.0.1:1".into()),
        ProgramFinding::IgnoredArgument,
        ProgramFinding::StillRan(limit),
        ProgramFinding::EndedWell,
        ProgramFinding::SaidNothing(Exit::Code(1)),
        ProgramFinding::SaidOnStdout,
        ProgramFinding::StackTrace,
        ProgramFinding::Crashed(Exit::Signal(11)),
        ProgramFinding::Outlived("SIGTERM", limit),
        ProgramFinding::OutlivedWithClient("SIGINT", limit),
        ProgramFinding::KeptPort("SIGTERM"),
        ProgramFinding::NotRestarted,
        ProgramFinding::NotResumed,
        ProgramFinding::GoneAfterSilence(limit),
        ProgramFinding::DroppedInSilence(limit),
        ProgramFinding::UsedProcessor(98, limit),
    ]
    .into_iter()
    .chain(RESOURCES.iter().map(|resource| {
        ProgramFinding::Grew(Grown {
            resource: *resource,
            clients: 250,
            before: 6,
            after: 256,
        })
    }))
    .collect()
}

const RESOURCES: &[Resource] = &[
    Resource::Descriptors,
    Resource::Threads,
    Resource::Children,
    Resource::Zombies,
    Resource::Memory,
];
fn client_findings() -> Vec<ClientFinding> {
    use ClientFinding as F;
    let limit = Duration::from_secs(5);
    let exit = Exit::Code(1);
    vec![
        F::NothingSent { limit },
        F::NotSent { limit },
        F::NoWholeRequest,
        F::NoLineFeed,
        F::SentOutOfTurn,
        F::NotShown,
        F::ShownLate,
        F::ShownWithRest,
        F::EndedEarly(exit),
        F::Crashed(Exit::Signal(11)),
        F::StaysWithoutServer { limit },
        F::EndsSilently(exit),
        F::EndsAsIfWell,
        F::StillRuns { limit },
        F::EndsBadly(exit),
        F::NothingShows { limit },
        F::WaitsForEver { limit },
        F::TakesAnySender,
        F::NoUsage(exit),
        F::NoUsageCode,
        F::NotAsReference,
    ]
}

#[test]
fn every_slug_has_its_message_and_no_message_is_idle() {
    let all = all();
    let mut used: BTreeSet<String> = slugs().into_iter().collect();
    for id in &used {
        assert!(all.contains_key(id), "`{id}` is missing");
    }
    used.extend(MESSAGES.iter().map(|(id, _)| (*id).to_owned()));
    let idle: Vec<&String> = all.keys().filter(|id| !used.contains(*id)).collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
}

#[test]
fn every_finding_is_a_sentence_with_its_values() {
    for lang in Lang::ALL {
        for found in findings() {
            let said = lang.texts().finding(&crate::convert::finding(&found));
            assert!(!said.contains(['{', '$', '\u{2068}', '\u{2069}']), "{said}");
            assert!(said.ends_with('.'), "{said}");
        }
    }
}

#[test]
fn plurals_are_the_language_s() {
    assert_eq!(Lang::En.texts().plays(1), "1 play");
    assert_eq!(Lang::En.texts().plays(0), "0 plays");
    assert_eq!(Lang::Fr.texts().plays(0), "0 essai");
    assert_eq!(Lang::Fr.texts().plays(14), "14 essais");
}

#[rstest]
#[case("fr_FR.UTF-8", Lang::Fr)]
#[case("fr", Lang::Fr)]
#[case("FR-ca", Lang::Fr)]
#[case("fr@euro", Lang::Fr)]
#[case("fry_NL", Lang::En)]
#[case("en_GB", Lang::En)]
#[case("C", Lang::En)]
#[case("", Lang::En)]
fn a_locale_says_the_language(#[case] locale: &str, #[case] lang: Lang) {
    assert_eq!(Lang::from_locale(locale), lang);
}
