//! TAP, version 14.

use crate::escape::{clean, clean_lines};
use crate::terminal::{case_text, score_text};
use crate::wire::{WireCase, WireGrade};

use super::{Outcome, message, name, outcome};

pub(crate) fn write(grade: &WireGrade) -> String {
    // The plan comes first: a stream that was cut off is then seen to be incomplete.
    let mut out = format!("TAP version 14\n1..{}\n", grade.cases.len());
    for (number, case) in (1..).zip(&grade.cases) {
        out += &test(grade, case, number);
    }
    for line in clean_lines(&score_text(grade)).lines() {
        out += &format!("# {line}\n");
    }
    out
}

fn test(grade: &WireGrade, case: &WireCase, number: usize) -> String {
    let name = description(&name(case));
    let said = message(grade, case);
    // A blocked case is skipped here, as in JUnit: its own behaviour was not seen.
    match (outcome(case), case.status.as_str()) {
        (Outcome::Right, _) => format!("ok {number} - {name}\n"),
        (Outcome::Open, _) | (_, "blocked") => {
            format!("ok {number} - {name} # SKIP {}\n", description(&said))
        }
        (Outcome::Wrong, _) => {
            let cause = case.diagnosis.as_ref().map_or("", |found| &found.cause);
            let points = format!("{}/{}", case.points, case.max);
            let text = clean_lines(case_text(grade, case).trim());
            let mut out = format!("not ok {number} - {name}\n  ---\n");
            for (key, value) in [
                ("message", said.as_str()),
                ("cause", cause),
                ("points", &points),
                ("text", &text),
            ] {
                out += &format!("  {key}: {}\n", quoted(value));
            }
            out += "  ...\n";
            out
        }
    }
}

/// `#` begins a directive, `\` an escape.
fn description(text: &str) -> String {
    clean(text).replace('\\', "\\\\").replace('#', "\\#")
}

/// A JSON string is a double-quoted scalar of YAML.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
