//! Annotations of GitHub Actions: what a run shows beside the job.

use crate::escape::clean_lines;
use crate::terminal::{case_text, failure_groups, score_text};
use crate::wire::WireGrade;

/// GitHub shows at most this many errors of a step.
const ERRORS: usize = 10;

pub(crate) fn write(grade: &WireGrade, file: Option<&str>) -> String {
    let groups = failure_groups(grade);
    // The last place is for saying that there is more.
    let shown = if groups.len() > ERRORS {
        ERRORS - 1
    } else {
        groups.len()
    };
    let mut out = String::new();
    for group in &groups[..shown] {
        let Some(first) = group.first() else { continue };
        let title = format!(
            "{} {} ({}/{})",
            grade.exercise, first.id, first.points, first.max
        );
        out += &command("error", file, &title, &case_text(grade, first));
    }
    if groups.len() > shown {
        let ids: Vec<&str> = groups[shown..]
            .iter()
            .flatten()
            .map(|case| case.id.as_str())
            .collect();
        let title = format!("{} (+{})", grade.exercise, ids.len());
        out += &command("error", file, &title, &crate::family::listed(&ids));
    }
    out += &command("notice", file, &grade.exercise, &score_text(grade));
    out
}

fn command(name: &str, file: Option<&str>, title: &str, text: &str) -> String {
    let file = file
        .map(|file| format!("file={},", property(file)))
        .unwrap_or_default();
    format!(
        "::{name} {file}title={}::{}\n",
        property(title),
        data(clean_lines(text).trim())
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&clean_lines(text))
        .replace(':', "%3A")
        .replace(',', "%2C")
}
