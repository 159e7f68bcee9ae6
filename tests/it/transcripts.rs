//! What the reference servers say on the wire, and what a report looks like: kept as snapshots.
//!
//! A transcript is compared without what is not its own: times, dates, numbers drawn by chance, and
//! how many reads an answer took.

use std::fmt::Write;

use rstest::rstest;
use sockspec_tests::{Case, steady};

use crate::SOCKSPEC;

/// A case's events, one line each; what came in several reads is joined.
fn events(case: &Case) -> String {
    let mut lines: Vec<(String, String)> = Vec::new();
    for event in &case.transcript {
        let head = format!("{}{} {}", event.actor, event.connection, event.event);
        let text = event.text.clone().unwrap_or_default();
        match lines.last_mut() {
            Some((before, joined)) if *before == head && event.event == "receive" => {
                joined.push_str(&text)
            }
            // How silence was decided is the kernel's business.
            _ if event.event == "quiet" => {}
            _ => lines.push((head, text)),
        }
    }
    let mut text = format!("{}: {}\n", case.id, case.status);
    for (head, payload) in lines {
        let _ = writeln!(text, "  {}", format!("{head} {payload}").trim_end());
    }
    text
}

#[rstest]
#[case::echo_tcp("echo-tcp", &[])]
#[case::echo_udp("echo-udp", &[])]
#[case::upper_tcp_ascii("upper-tcp", &["--dialect", "ascii"])]
#[case::upper_tcp_unicode("upper-tcp", &["--dialect", "unicode"])]
#[case::upper_udp("upper-udp", &[])]
#[case::text_commands("text-commands", &[])]
#[case::mystery_number("mystery-number", &["--secret", "42"])]
#[case::kv("kv", &[])]
#[case::daytime_tcp("daytime-tcp", &[])]
#[case::daytime_udp("daytime-udp", &[])]
fn level_1_of_the_reference_server(#[case] exercise: &str, #[case] options: &[&str]) {
    let server = SOCKSPEC.serve(exercise, None, options);
    let graded = SOCKSPEC.grade(exercise, server.address(), &["--level", "1"]);
    let transcripts: String = graded.grade.cases.iter().map(events).collect();
    let name = [&[exercise], options].concat().join(" ").replace("--", "");
    insta::with_settings!({filters => vec![
        // Dates and moments.
        (r"\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}", "{date}"),
        (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?", "{date}"),
        (r"\b1[789]\d{8}\b", "{seconds}"),
    ]}, {
        insta::assert_snapshot!(name, transcripts);
    });
}

#[rstest]
fn the_report_of_a_failing_grade(#[values("en", "fr")] lang: &str) {
    let server = SOCKSPEC.serve("kv", Some("one-recv-one-message"), &[]);
    // The cases of two lines at once depend on the kernel's cuts with this flaw.
    let cases = [
        "--case",
        "known-keys*",
        "--case",
        "unknown-key",
        "--case",
        "reset",
        "--case",
        "fin",
    ];
    let mut command = SOCKSPEC.command();
    command
        .args(["grade", "kv", server.address(), "--lang", lang])
        .args(cases);
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let report = String::from_utf8(output.stdout).expect("it is text");
    insta::assert_snapshot!(format!("report {lang}"), steady(&report));
}
