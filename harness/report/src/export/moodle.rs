//! The gradebook import of Moodle: one row a student.

use crate::options::Scale;
use crate::terminal::score_text;
use crate::texts::Lang;
use crate::wire::WireGrade;

use super::csv::row;
use super::scaled;

/// One row for each student, who is named as the gradebook names them (an e-mail address, an id
/// number), over what students may see; the header is that of the first grade. `scale` is that
/// of the grade item.
pub fn write(rows: &[(&str, &WireGrade)], scale: Option<Scale>) -> String {
    let Some((_, first)) = rows.first() else {
        return String::new();
    };
    let item = format!("{} ({})", first.title, first.exercise);
    let mut out = row(&["useremail", &item, &format!("Feedback: {item}")]);
    for (student, grade) in rows {
        let texts = Lang::from_locale(&grade.lang).texts();
        // The decimal separator is that of the site's language; an empty cell is no grade at all.
        let earned = scaled(grade, scale).map(|earned| texts.decimal(earned, 2));
        let feedback = score_text(grade).trim().replace('\n', " ");
        out += &row(&[student, &earned.unwrap_or_default(), &feedback]);
    }
    out
}
