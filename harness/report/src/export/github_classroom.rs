//! The output of a grader of GitHub Classroom: a line for `$GITHUB_OUTPUT`.

use serde_json::{Value, json};

use crate::escape::{clean, clean_lines};
use crate::terminal::case_text;
use crate::texts::Lang;
use crate::wire::{WireCase, WireGrade};

use super::{Outcome, hidden_points, name, outcome};

pub(crate) fn write(grade: &WireGrade, file: Option<&str>) -> String {
    format!(
        "result={}\n",
        base64(document(grade, file).to_string().as_bytes())
    )
}

/// What is encoded. What was not judged is left out: each status there fails the step or is a pass.
fn document(grade: &WireGrade, file: Option<&str>) -> Value {
    let counted = grade
        .cases
        .iter()
        .filter(|case| outcome(case) != Outcome::Open);
    let mut tests: Vec<Value> = counted.map(|case| test(grade, case, file)).collect();
    if grade.hidden > 0 {
        let (score, max) = hidden_points(grade);
        tests.push(json!({
            "name": Lang::from_locale(&grade.lang).texts().hidden_cases(grade.hidden.into()),
            "status": if score == max { "pass" } else { "fail" },
            "score": score,
            "message": "",
            "test_code": "",
            "filename": "",
            "line_no": 0,
            "duration": 0,
        }));
    }
    let failed = tests.iter().any(|test| test["status"] == "fail");
    let status = match (grade.score.max, failed) {
        (0, _) => "error",
        (_, true) => "fail",
        (_, false) => "pass",
    };
    json!({ "version": 1, "status": status, "max_score": grade.score.max, "tests": tests })
}

fn test(grade: &WireGrade, case: &WireCase, file: Option<&str>) -> Value {
    let right = outcome(case) == Outcome::Right;
    let text = if right {
        String::new()
    } else {
        clean_lines(case_text(grade, case).trim())
    };
    let code = case.diagnosis.as_ref().map_or("", |found| &found.reproduce);
    json!({
        "name": name(case),
        "status": if right { "pass" } else { "fail" },
        "score": case.points,
        "message": text,
        "test_code": clean_lines(code),
        "filename": clean(file.unwrap_or_default()),
        "line_no": 0,
        "duration": case.duration_ms,
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
