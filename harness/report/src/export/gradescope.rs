//! `results.json` of Gradescope.
//!
//! Gradescope hides tests itself, so that teachers see them and students do not.

use serde_json::{Value, json};

use crate::escape::{clean, clean_lines};
use crate::terminal::{case_text, score_text};
use crate::wire::{WireCase, WireGrade};

use super::{Outcome, message, name, outcome};

/// `full` holds all cases; `shown` those that students may see, with nothing said of the others.
pub(crate) fn write(full: &WireGrade, shown: &WireGrade) -> String {
    let test = |case: &WireCase| match shown.cases.iter().find(|other| other.id == case.id) {
        Some(case) => test(shown, case, "visible"),
        None if case.visibility == "after-due" => test(full, case, "after_due_date"),
        None => test(full, case, "hidden"),
    };
    let notes: String = shown
        .notes
        .iter()
        .map(|note| format!("\n{}", note.message))
        .collect();
    let document = json!({
        "score": full.score.points,
        "execution_time": full.duration_ms / 1000,
        "output": clean_lines(&format!("{}{notes}", score_text(shown))),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": full.cases.iter().map(test).collect::<Vec<Value>>(),
    });
    format!("{document:#}\n")
}

fn test(grade: &WireGrade, case: &WireCase, visibility: &str) -> Value {
    let outcome = outcome(case);
    let output = match outcome {
        Outcome::Right => String::new(),
        Outcome::Wrong if case.status != "blocked" => clean_lines(&case_text(grade, case)),
        _ => message(grade, case),
    };
    let mut test = json!({
        "score": case.points,
        "max_score": if outcome == Outcome::Open { 0 } else { case.max },
        "name": name(case),
        "number": clean(&format!("{}", case.level)),
        "output": output,
        "tags": [clean(&case.law)],
        "visibility": visibility,
    });
    if outcome != Outcome::Open {
        test["status"] = if outcome == Outcome::Right {
            "passed"
        } else {
            "failed"
        }
        .into();
    }
    test
}
