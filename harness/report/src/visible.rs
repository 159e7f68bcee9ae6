//! What students may see of a grade.

use std::collections::HashSet;

use crate::texts::Lang;
use crate::wire::WireGrade;

/// Leaves out the cases that are hidden (and, until `past_due`, those shown after the deadline), and
/// every mention of them. Score and summary stay those of all cases; `hidden` says how many are
/// not shown.
pub fn for_students(mut grade: WireGrade, past_due: bool) -> WireGrade {
    let texts = Lang::from_locale(&grade.lang).texts();
    let is_shown = |visibility: &str| match visibility {
        "shown" => true,
        "after-due" => past_due,
        _ => false,
    };
    let (shown, hidden): (Vec<_>, Vec<_>) = grade
        .cases
        .into_iter()
        .partition(|case| is_shown(&case.visibility));
    grade.cases = shown;
    grade.hidden = grade
        .hidden
        .saturating_add(u32::try_from(hidden.len()).unwrap_or(u32::MAX));
    let secret: HashSet<String> = hidden.into_iter().map(|case| case.id).collect();
    let is_secret = |case: &Option<String>| case.as_ref().is_some_and(|id| secret.contains(id));

    for note in &mut grade.notes {
        if is_secret(&note.case) {
            note.case = None;
            note.message = texts.died_after_hidden();
        }
    }
    for found in grade
        .cases
        .iter_mut()
        .filter_map(|case| case.diagnosis.as_mut())
    {
        if is_secret(&found.finding.case) {
            found.finding.case = None;
            found.message = texts.depends_on_hidden();
        }
    }
    grade
}
