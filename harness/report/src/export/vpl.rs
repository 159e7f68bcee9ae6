//! The comments and the grade of Moodle's VPL, which reads them from standard output.
//!
//! VPL takes the *last* line that begins with `Grade :=>>`: it comes last here, and its four marks
//! are broken wherever they stand in other text.

use crate::escape::{clean, clean_lines};
use crate::family::listed;
use crate::options::Scale;
use crate::terminal::{case_text, failure_groups, score_text};
use crate::texts::Lang;
use crate::wire::WireGrade;

use super::scaled;

/// `scale` is that of the activity.
pub(crate) fn write(grade: &WireGrade, scale: Option<Scale>) -> String {
    let texts = Lang::from_locale(&grade.lang).texts();
    let mut out = String::from("<|--\n");
    for line in score_text(grade).lines() {
        out += &format!("{}\n", defused(line));
    }
    for note in &grade.notes {
        out += &format!("{}\n", defused(&note.message));
    }
    for group in failure_groups(grade) {
        let Some((first, others)) = group.split_first() else {
            continue;
        };
        let title = format!(
            "-{}: {} ({}/{})",
            first.id, first.title, first.points, first.max
        );
        out += &format!("{}\n", defused(&title));
        for line in clean_lines(&case_text(grade, first)).lines() {
            out += &format!(">{}\n", defused(line));
        }
        if !others.is_empty() {
            let ids: Vec<&str> = others.iter().map(|case| case.id.as_str()).collect();
            out += &format!(
                ">{}\n",
                defused(&format!("{} {}", texts.label_also(), listed(&ids)))
            );
        }
    }
    out += "--|>\n";
    if let Some(earned) = scaled(grade, scale) {
        let earned = format!("{earned:.2}");
        let earned = earned.trim_end_matches('0').trim_end_matches('.');
        out += &format!("Grade :=>>{earned}\n");
    }
    out
}

fn defused(line: &str) -> String {
    clean(line)
        .replace(":=>>", ":=?>")
        .replace("<|--", "<|?-")
        .replace("--|>", "--?>")
}
