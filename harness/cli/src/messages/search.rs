//! What `sockspec fuzz` says at its end.

use fluent_templates::fluent_bundle::FluentValue;
use sockspec_engine::fuzzing::{Found, REPLAYS, Report, Stopped};
use sockspec_report::Lang;

use super::{clean, say, say_values};

/// What was searched, and how fast.
pub fn played(lang: Lang, report: &Report, exercise: &str, address: &str, seed: u64) -> String {
    let texts = lang.texts();
    let seconds = report.duration.as_secs_f64();
    let rate = texts.decimal(report.played as f64 / seconds.max(0.001), 0);
    let values = [
        ("exercise", FluentValue::from(clean(exercise))),
        ("address", FluentValue::from(clean(address))),
        ("cases", FluentValue::from(report.played)),
        ("seconds", FluentValue::from(texts.decimal(seconds, 1))),
        ("rate", FluentValue::from(rate)),
        ("seed", FluentValue::from(seed.to_string())),
    ];
    say_values(lang, "fuzz-played", values)
}

/// How far the search has come.
pub fn progress(lang: Lang, cases: u64, found: usize) -> String {
    let values = [
        ("cases", FluentValue::from(cases)),
        ("found", FluentValue::from(found as u64)),
    ];
    say_values(lang, "fuzz-progress", values)
}

/// How many cases were left out, if any.
pub fn left_out(lang: Lang, count: u64) -> Option<String> {
    (count > 0).then(|| counted(lang, "fuzz-left-out", count))
}

/// How many failures were found.
pub fn found(lang: Lang, count: usize) -> String {
    counted(lang, "fuzz-found", count as u64)
}

/// What is known of one failure beside its cause.
pub fn about(lang: Lang, found: &Found, file: &str) -> Vec<String> {
    let number = found.number.to_string();
    let mut lines = vec![say(
        lang,
        "fuzz-file",
        &[("number", &number), ("file", file)],
    )];
    match found.repeated {
        Some(REPLAYS) => {}
        Some(times) => {
            let times = format!("{times}/{REPLAYS}");
            lines.push(say(lang, "fuzz-flaky", &[("times", &times)]));
        }
        None => lines.push(say(lang, "fuzz-not-replayed", &[])),
    }
    if found.alike > 0 {
        lines.push(counted(lang, "fuzz-alike", found.alike));
    }
    lines
}

/// How to see a failure again.
pub fn replay(lang: Lang, file: &str, address: &str) -> String {
    say(lang, "fuzz-replay", &[("file", file), ("address", address)])
}

/// Why the search ended before its time; `None` where it did not.
pub fn stopped(lang: Lang, stopped: Stopped) -> Option<String> {
    let id = match stopped {
        Stopped::Done => return None,
        Stopped::Asked => "fuzz-asked",
        Stopped::Died => "fuzz-died",
        Stopped::Spins => "fuzz-spins",
        Stopped::OutOfPorts => "fuzz-out-of-ports",
    };
    Some(say(lang, id, &[]))
}

fn counted(lang: Lang, id: &str, count: u64) -> String {
    say_values(lang, id, [("count", FluentValue::from(count))])
}
