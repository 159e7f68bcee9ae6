//! Markdown, as job summaries and comments of merge requests show it.

use crate::escape::{clean, clean_lines};
use crate::family::listed;
use crate::terminal::{case_text, failure_groups, score_text};
use crate::texts::Lang;
use crate::wire::WireGrade;

/// GitHub refuses summaries of more than a mebibyte; what comes after the failures fits in the rest.
const FAILURES_BYTES: usize = 900_000;

pub(crate) fn write(grade: &WireGrade) -> String {
    let texts = Lang::from_locale(&grade.lang).texts();
    let mut out = format!(
        "## {} — {}\n\n",
        inline(&grade.exercise),
        inline(&grade.title)
    );
    for line in score_text(grade).lines() {
        out += &format!("{}  \n", inline(line));
    }
    out += "\n|  |  |  |  |  |\n| --- | --- | --- | --- | ---: |\n";
    for case in &grade.cases {
        out += &format!(
            "| {} | {} | {} | {} | {}/{} |\n",
            case.level,
            inline(&case.id),
            inline(&case.title),
            inline(&texts.status(&case.status)),
            case.points,
            case.max,
        );
    }
    let groups = failure_groups(grade);
    let mut left_out = Vec::new();
    for group in &groups {
        let Some((first, others)) = group.split_first() else {
            continue;
        };
        if out.len() > FAILURES_BYTES {
            left_out.extend(group.iter().map(|case| case.id.as_str()));
            continue;
        }
        out += &format!("\n### {}: {}\n\n", inline(&first.id), inline(&first.title));
        out += &fenced(&case_text(grade, first));
        if !others.is_empty() {
            let ids: Vec<&str> = others.iter().map(|case| case.id.as_str()).collect();
            out += &format!(
                "\n{} {}\n",
                inline(&texts.label_also()),
                inline(&listed(&ids))
            );
        }
    }
    if !left_out.is_empty() {
        out += &format!("\n… {}\n", inline(&listed(&left_out)));
    }
    for note in &grade.notes {
        out += &format!("\n> {}\n", inline(&note.message));
    }
    out
}

/// Text that stands for itself: every ASCII punctuation mark may be escaped, and then means nothing.
pub(crate) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in clean(text).chars() {
        match character {
            // Entities, so that no reader of HTML in Markdown sees a tag; GitHub links names after `@`.
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '@' => out.push_str("&#64;<!-- -->"),
            _ if character.is_ascii_punctuation() => out.extend(['\\', character]),
            _ => out.push(character),
        }
    }
    out
}

/// A code block whose fence stands nowhere in it.
fn fenced(text: &str) -> String {
    let text = clean_lines(text.trim_end());
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}\n")
}
