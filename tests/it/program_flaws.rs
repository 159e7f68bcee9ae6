//! The proof that level 5 can fail: servers that are right on the wire and wrong as programs, each started by the
//! harness, and what each of them fails. Nothing else may fail with it.
//!
//! The cases are the same for every exercise; one with connections and one with datagrams stand for all.

use std::collections::BTreeSet;

use rstest::rstest;
use sockspec_case::program::Conduct;
use sockspec_flawed::program_flaws;
use sockspec_tests::Grade;

use crate::SOCKSPEC;
use crate::flawed_fail::in_pool;

/// The exercises that stand for all, with the flaws that each of them cannot show.
const TCP: &str = "kv";
const UDP: &str = "echo-udp";

/// What a flaw fails: of a server with connections, then of one with datagrams.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    (
        "reads-port-like-atoi",
        &["port-not-a-number", "port-out-of-range"],
        &["port-not-a-number", "port-out-of-range"],
    ),
    (
        "crashes-on-extra-argument",
        &["extra-argument"],
        &["extra-argument"],
    ),
    (
        "ends-well",
        &[
            "no-argument",
            "port-in-use",
            "port-not-a-number",
            "port-out-of-range",
        ],
        &["no-argument", "port-not-a-number", "port-out-of-range"],
    ),
    (
        "says-nothing",
        &[
            "no-argument",
            "port-in-use",
            "port-not-a-number",
            "port-out-of-range",
        ],
        &["no-argument", "port-not-a-number", "port-out-of-range"],
    ),
    ("ignores-failed-bind", &["port-in-use"], &[]),
    ("no-reuse-address", &["restarts-at-once"], &[]),
    ("ignores-sigint", &["ends-on-sigint"], &["ends-on-sigint"]),
    (
        "ignores-sigterm",
        &["ends-on-sigterm"],
        &["ends-on-sigterm"],
    ),
    ("waits-for-clients", &["ends-on-sigterm"], &[]),
    (
        "dies-when-stopped",
        &["resumes-after-stop"],
        &["resumes-after-stop"],
    ),
    (
        "dies-of-silence",
        &["outlasts-silence"],
        &["outlasts-silence"],
    ),
    ("drops-the-silent", &["outlasts-silence"], &[]),
    (
        "polls-for-clients",
        &["rests-without-client"],
        &["rests-without-client"],
    ),
    ("polls-its-clients", &["rests-with-idle-client"], &[]),
    (
        "leaks-descriptors",
        &["descriptors-come-back"],
        &["descriptors-come-back"],
    ),
    (
        "leaks-threads",
        &["threads-come-back"],
        &["threads-come-back"],
    ),
    (
        "leaves-children",
        &["children-come-back"],
        &["children-come-back"],
    ),
    (
        "leaves-zombies",
        &["children-come-back"],
        &["children-come-back"],
    ),
    ("leaks-memory", &["memory-stays"], &["memory-stays"]),
];

/// The exercise that stands for all at a path; what its flaws fail that only a path shows.
const UNIX: &str = "unix-successor";
const UNIX_TABLE: &[(&str, &[&str])] = &[
    ("leaves-stale-socket", &["stale-socket"]),
    ("ends-well", &["path-not-a-socket", "path-too-long"]),
    ("says-nothing", &["path-not-a-socket", "path-too-long"]),
];

/// A flaw of the exercises themselves that level 5 sees as well.
const SPINS: &str = "spins-at-eof";

/// The grade of level 5 alone.
fn grade(exercise: &str, flaw: Option<&str>) -> Grade {
    let ids = Conduct::ALL.iter().flat_map(|one| ["--case", one.id()]);
    let options: Vec<&str> = ids.collect();
    SOCKSPEC
        .grade_run(exercise, &SOCKSPEC.serving(exercise, flaw), &options)
        .grade
}

/// What fails in level 5, with the causes.
fn failed(grade: &Grade) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let is_conduct = |id: &str| Conduct::ALL.iter().any(|one| one.id() == id);
    let failed = grade
        .cases
        .iter()
        .filter(|case| case.status == "fail" && is_conduct(&case.id));
    let causes = failed.clone().filter_map(|case| case.diagnosis.as_ref());
    (
        failed.map(|case| case.id.as_str()).collect(),
        causes.map(|found| found.cause.as_str()).collect(),
    )
}

#[rstest]
#[case::tcp(TCP)]
#[case::udp(UDP)]
#[case::unix(UNIX)]
fn each_flaw_fails_its_cases_and_no_other(#[case] exercise: &str) {
    let rows: Vec<(&str, &[&str])> = match exercise {
        TCP => TABLE.iter().map(|(flaw, tcp, _)| (*flaw, *tcp)).collect(),
        UDP => TABLE.iter().map(|(flaw, _, udp)| (*flaw, *udp)).collect(),
        _ => UNIX_TABLE.to_vec(),
    };
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(_, fails)| !fails.is_empty())
        .collect();
    let wrong = in_pool(&rows, |(flaw, fails)| {
        let expected: BTreeSet<&str> = fails.iter().copied().collect();
        let grade = grade(exercise, Some(flaw));
        let (cases, causes) = failed(&grade);
        let known = program_flaws().iter().find(|one| one.name == *flaw);
        let cause = known.expect("the table names flaws that are").cause;
        let right = cases == expected && causes == BTreeSet::from([cause]);
        (!right).then(|| format!("{flaw}: {cases:?} for {causes:?}\n{}", grade.not_passed()))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_server_that_listens_elsewhere_is_not_graded_further() {
    for exercise in [TCP, UDP] {
        let grade = grade(exercise, Some("listens-elsewhere"));
        let (cases, causes) = failed(&grade);
        assert_eq!(cases, BTreeSet::from(["listens-where-told"]));
        assert_eq!(causes, BTreeSet::from(["listens-elsewhere"]));
        assert_eq!(grade.with_status("pass").len(), 0);
    }
}

#[test]
fn a_server_that_spins_at_the_end_of_a_stream_does_not_rest_there() {
    let grade = grade(TCP, Some(SPINS));
    let (cases, causes) = failed(&grade);
    assert!(cases.contains("rests-after-eof"), "{}", grade.not_passed());
    assert!(
        !cases.contains("rests-with-idle-client"),
        "{}",
        grade.not_passed()
    );
    assert_eq!(causes, BTreeSet::from([SPINS]));
}

#[test]
fn without_a_flaw_level_5_passes() {
    for exercise in [TCP, UDP, UNIX] {
        assert_eq!(grade(exercise, None).not_passed(), "");
    }
}

#[test]
fn every_case_has_its_flaw_and_every_flaw_its_cases() {
    let rows = TABLE
        .iter()
        .flat_map(|(_, tcp, udp)| tcp.iter().chain(*udp));
    let mut proved: BTreeSet<&str> = rows.copied().collect();
    proved.extend(
        UNIX_TABLE
            .iter()
            .flat_map(|(_, fails)| fails.iter().copied()),
    );
    proved.extend(["listens-where-told", "rests-after-eof"]);
    let cases: BTreeSet<&str> = Conduct::ALL.iter().map(|one| one.id()).collect();
    assert_eq!(proved, cases);
    let mut named: BTreeSet<&str> = TABLE.iter().map(|(flaw, ..)| *flaw).collect();
    named.insert("listens-elsewhere");
    named.extend(UNIX_TABLE.iter().map(|(flaw, _)| *flaw));
    let flaws: BTreeSet<&str> = program_flaws().iter().map(|flaw| flaw.name).collect();
    assert_eq!(named, flaws);
}

#[test]
fn a_command_whose_words_cannot_be_changed_is_asked_less() {
    let program = SOCKSPEC.program().display();
    let line = format!("sh -c 'exec {program} serve kv --port {{port}}'");
    let part = format!("{program} serve kv --port={{port}}");
    for (command, message) in [(line, "a line for a shell"), (part, "as a part of a word")] {
        let options = [
            "--case",
            "no-argument",
            "--case",
            "port-*",
            "--case",
            "ends-on-sigterm",
        ];
        let grade = SOCKSPEC.grade_run("kv", &command, &options).grade;
        let skipped = grade.case("no-argument");
        assert_eq!(skipped.status, "skipped");
        let found = skipped.diagnosis.as_ref().expect("it says why");
        assert!(found.message.contains(message), "{}", found.message);
        assert_eq!(grade.case("port-out-of-range").status, "skipped");
        // It is called as it should be.
        assert_eq!(grade.case("port-in-use").status, "pass");
        assert_eq!(grade.case("ends-on-sigterm").status, "pass");
    }
}
