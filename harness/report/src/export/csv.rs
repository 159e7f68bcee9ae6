//! Comma-separated values: one row a case, as spreadsheets read them.

use crate::texts::Lang;
use crate::wire::WireGrade;

use super::message;

pub(crate) fn write(grade: &WireGrade) -> String {
    let mut out = row(&[
        "exercise",
        "target",
        "id",
        "title",
        "level",
        "law",
        "status",
        "points",
        "max",
        "plays",
        "duration_ms",
        "cause",
        "message",
    ]);
    for case in &grade.cases {
        let found = case.diagnosis.as_ref();
        out += &row(&[
            &grade.exercise,
            &grade.target,
            &case.id,
            &case.title,
            &case.level.to_string(),
            &case.law,
            &case.status,
            &case.points.to_string(),
            &case.max.to_string(),
            &case.plays.to_string(),
            &case.duration_ms.to_string(),
            found.map_or("", |found| &found.cause),
            &found.map_or(String::new(), |_| message(grade, case)),
        ]);
    }
    if grade.hidden > 0 {
        let said = Lang::from_locale(&grade.lang)
            .texts()
            .hidden_cases(grade.hidden.into());
        let empty = [""; 9];
        let mut cells = vec![grade.exercise.as_str(), &grade.target, "", &said];
        cells.extend(empty);
        out += &row(&cells);
    }
    out
}

/// One row, ended by a line feed.
pub(crate) fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| self::cell(cell)).collect();
    cells.join(",") + "\n"
}

/// A cell that no spreadsheet takes for a formula, quoted where it must be.
fn cell(text: &str) -> String {
    let mut text = crate::escape::clean(text);
    let first = text.trim_start().chars().next();
    if matches!(
        first,
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
    ) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"', ';', '\'']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
