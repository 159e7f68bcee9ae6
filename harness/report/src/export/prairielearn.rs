//! `results.json` of PrairieLearn.

use serde_json::{Value, json};

use crate::escape::clean_lines;
use crate::terminal::{case_text, score_text};
use crate::texts::Lang;
use crate::wire::{WireCase, WireGrade};

use super::{Outcome, hidden_points, message, name, outcome};

/// PrairieLearn refuses results of more than a megabyte: later cases keep their message only.
const OUTPUT_BYTES: usize = 500_000;

pub(crate) fn write(grade: &WireGrade) -> String {
    let texts = Lang::from_locale(&grade.lang).texts();
    if grade.score.max == 0 {
        // Nothing could be judged: that costs no attempt.
        let document = json!({ "gradable": false, "format_errors": [texts.nothing_judged()] });
        return format!("{document:#}\n");
    }
    let mut spent = 0;
    let mut test = |case: &WireCase| {
        let mut output = String::new();
        if outcome(case) == Outcome::Wrong && case.status != "blocked" {
            let text = clean_lines(&case_text(grade, case));
            let written = json!(text).to_string().len();
            if spent + written <= OUTPUT_BYTES {
                spent += written;
                output = text;
            }
        }
        let max = if outcome(case) == Outcome::Open {
            0
        } else {
            case.max
        };
        json!({
            "name": name(case),
            "points": case.points,
            "max_points": max,
            "message": message(grade, case),
            "output": output,
        })
    };
    let mut tests: Vec<Value> = grade.cases.iter().map(&mut test).collect();
    if grade.hidden > 0 {
        let (points, max) = hidden_points(grade);
        let name = texts.hidden_cases(grade.hidden.into());
        tests.push(json!({ "name": name, "points": points, "max_points": max }));
    }
    let document = json!({
        "gradable": true,
        "score": f64::from(grade.score.points) / f64::from(grade.score.max),
        "message": clean_lines(score_text(grade).trim()),
        "tests": tests,
    });
    format!("{document:#}\n")
}
