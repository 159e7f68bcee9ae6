//! Formats for course platforms and pipelines, each in a module of its own.
//!
//! All of them are given what their readers may see; only [`gradescope`] is given hidden cases too,
//! since it hides them itself.

pub(crate) mod csv;
pub(crate) mod github;
pub(crate) mod github_classroom;
pub(crate) mod gradescope;
pub(crate) mod markdown;
pub mod moodle;
pub(crate) mod ndjson;
pub(crate) mod prairielearn;
pub(crate) mod tap;
pub(crate) mod vpl;

use crate::escape::clean;
use crate::options::Scale;
use crate::texts::Lang;
use crate::wire::{WireCase, WireGrade};

/// What a case came to, where a platform knows less verdicts than we do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The points are earned.
    Right,
    /// The points are lost.
    Wrong,
    /// Nothing was decided: no points are lost.
    Open,
}

fn outcome(case: &WireCase) -> Outcome {
    match case.status.as_str() {
        "pass" | "non-strict" => Outcome::Right,
        "fail" | "unimplemented" | "blocked" => Outcome::Wrong,
        _ => Outcome::Open,
    }
}

/// What was seen, or the verdict's word.
fn message(grade: &WireGrade, case: &WireCase) -> String {
    let texts = Lang::from_locale(&grade.lang).texts();
    let found = case.diagnosis.as_ref().map(|found| found.message.clone());
    clean(&found.unwrap_or_else(|| texts.status(&case.status)))
}

/// `id: title`.
fn name(case: &WireCase) -> String {
    clean(&format!("{}: {}", case.id, case.title))
}

/// Points of the cases that are not shown: (earned, of).
fn hidden_points(grade: &WireGrade) -> (u32, u32) {
    let counted = grade
        .cases
        .iter()
        .filter(|case| outcome(case) != Outcome::Open);
    let (points, max) = counted.fold((0_u32, 0_u32), |(points, max), case| {
        (
            points.saturating_add(case.points),
            max.saturating_add(case.max),
        )
    });
    (
        grade.score.points.saturating_sub(points),
        grade.score.max.saturating_sub(max),
    )
}

/// The score on the platform's scale, or in points; `None` when nothing counts.
fn scaled(grade: &WireGrade, scale: Option<Scale>) -> Option<f64> {
    let (points, max) = (f64::from(grade.score.points), f64::from(grade.score.max));
    (grade.score.max > 0).then(|| scale.map_or(points, |scale| scale.grade(points / max)))
}
