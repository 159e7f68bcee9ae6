//! The output of a grader of GitHub Classroom: a line for `$GITHUB_OUTPUT`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::escape::{clean, clean_lines};
use crate::family::subtotal;
use crate::terminal::{case_text, failure_groups};
use crate::texts::Lang;
use crate::wire::{WireCase, WireGrade};

use super::{Outcome, hidden_points, message, name, outcome};

/// The reporter gets the line as one variable of its environment, and Linux allows each of those
/// 128 KiB, the name and the end included.
const LINE_BYTES: usize = 127 * 1024;

/// How much a line says, from most to least.
#[derive(Clone, Copy, PartialEq)]
enum Fill {
    /// The whole text of every failure.
    All,
    /// The whole text of the first failure of each cause; the others in a sentence.
    Causes,
    /// Every failure in a sentence.
    Sentences,
    /// A row a level.
    Levels,
}

pub(crate) fn write(grade: &WireGrade, file: Option<&str>) -> String {
    let line = |fill| {
        let document = document(grade, file, fill).to_string();
        format!("result={}\n", base64(document.as_bytes()))
    };
    let fuller = [Fill::All, Fill::Causes, Fill::Sentences].into_iter();
    let fits = fuller.map(line).find(|line| line.len() <= LINE_BYTES);
    fits.unwrap_or_else(|| line(Fill::Levels))
}

/// What is encoded. What was not judged is left out: each status there fails the step or is a pass.
fn document(grade: &WireGrade, file: Option<&str>, fill: Fill) -> Value {
    let counted = grade.cases.iter();
    let counted: Vec<&WireCase> = counted
        .filter(|case| outcome(case) != Outcome::Open)
        .collect();
    let mut tests = match fill {
        Fill::Levels => levels(grade, &counted),
        _ => cases(grade, &counted, file, fill),
    };
    if grade.hidden > 0 {
        let (score, max) = hidden_points(grade);
        let name = Lang::from_locale(&grade.lang)
            .texts()
            .hidden_cases(grade.hidden.into());
        tests.push(row(&name, score, score == max));
    }
    let failed = tests.iter().any(|test| test["status"] == "fail");
    let status = match (grade.score.max, failed) {
        (0, _) => "error",
        (_, true) => "fail",
        (_, false) => "pass",
    };
    json!({ "version": 1, "status": status, "max_score": grade.score.max, "tests": tests })
}

fn levels(grade: &WireGrade, cases: &[&WireCase]) -> Vec<Value> {
    let texts = Lang::from_locale(&grade.lang).texts();
    let of = |level| cases.iter().filter(move |case| case.level == level);
    let levels: BTreeSet<u8> = cases.iter().map(|case| case.level).collect();
    let row = |level| {
        let (points, _) = subtotal(&of(level).copied().collect::<Vec<_>>());
        let right = of(level).all(|case| outcome(case) == Outcome::Right);
        row(&clean(&texts.level(level)), points, right)
    };
    levels.into_iter().map(row).collect()
}

fn cases(grade: &WireGrade, cases: &[&WireCase], file: Option<&str>, fill: Fill) -> Vec<Value> {
    let groups = failure_groups(grade);
    let firsts: Vec<&WireCase> = groups
        .iter()
        .filter_map(|group| group.first().copied())
        .collect();
    let is_first = |case: &WireCase| firsts.iter().any(|first| std::ptr::eq(*first, case));
    let whole = |case: &WireCase| match fill {
        Fill::All => true,
        Fill::Causes => is_first(case),
        Fill::Sentences | Fill::Levels => false,
    };
    let test = |case: &&WireCase| test(grade, case, file, whole(case));
    cases.iter().map(test).collect()
}

fn test(grade: &WireGrade, case: &WireCase, file: Option<&str>, whole: bool) -> Value {
    let right = outcome(case) == Outcome::Right;
    let mut test = row(&name(case), case.points, right);
    test["filename"] = clean(file.unwrap_or_default()).into();
    test["duration"] = case.duration_ms.into();
    if !right && whole {
        let code = case.diagnosis.as_ref().map_or("", |found| &found.reproduce);
        test["message"] = clean_lines(case_text(grade, case).trim()).into();
        test["test_code"] = clean_lines(code).into();
    } else if !right {
        test["message"] = message(grade, case).into();
    }
    test
}

/// A test with every field that the reporter reads; without a number as score its sums are none.
fn row(name: &str, score: u32, right: bool) -> Value {
    json!({
        "name": name,
        "status": if right { "pass" } else { "fail" },
        "score": score,
        "message": "",
        "test_code": "",
        "filename": "",
        "line_no": 0,
        "duration": 0,
    })
}

/// RFC 4648 §4, padded.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut three = [0; 3];
        three[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, three[0], three[1], three[2]]);
        for place in 0..4 {
            let six = (bits >> (18 - 6 * place)) as usize & 63;
            out.push(if place <= chunk.len() {
                char::from(ALPHABET[six])
            } else {
                '='
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_rfc_4648() {
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }
}
