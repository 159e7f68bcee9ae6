//! A class as one page for a browser: nothing fetched, our own few lines of script only.
//!
//! The table reads by keyboard (its frame takes the focus and scrolls) and by ear: each mark has a word
//! beside it, each cell its headers.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::escape::clean;
use crate::family::listed;
use crate::html::{SCRIPT, SCRIPT_HASH, prose};
use crate::texts::{Lang, Texts};

use super::markdown::summary;
use super::mistakes::Mistake;
use super::sheet::{Cell, Column, Sheet};
use super::{Class, Student, short};

/// The style of all pages, and what the table needs beside.
const STYLE: &str = concat!(include_str!("../html/page.css"), include_str!("class.css"));

/// SHA-256 of [`STYLE`] in base64; a test says the new one when it no longer fits.
const STYLE_HASH: &str = "W0tfp3AMuLjcbwONhjhNw+PuJgb2BMEZUCuDkKN1SdQ=";

pub(super) fn write(class: &Class, lang: Lang) -> String {
    let texts = lang.texts();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; \
         base-uri 'none'; form-action 'none'"
    );
    let sheets = Sheet::all(class);
    let names: Vec<String> = sheets.iter().map(|sheet| short(sheet.exercise)).collect();
    let tool = format!("sockspec {}", env!("CARGO_PKG_VERSION"));
    let page = html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (texts.class_title()) " · " (names.join(", ")) }
                style { (PreEscaped(STYLE)) }
            }
            body.class {
                header { h1 { (texts.class_title()) } }
                main {
                    (unread(class, texts))
                    @for (number, sheet) in (1..).zip(&sheets) { (section(sheet, number, texts)) }
                }
                footer {
                    p { (clean(&texts.html_made_by(&tool))) }
                    p #said .vh role="status" data-said=(texts.html_copied()) {}
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string() + "\n"
}

/// What gave no grade comes first: somebody must look after it.
fn unread(class: &Class, texts: Texts) -> Markup {
    html! {
        @if !class.unread.is_empty() {
            section aria-labelledby="h-unread" {
                h2 #h-unread { (texts.class_unread()) }
                ul.notes { @for one in &class.unread { li { (prose(&one.reason)) } } }
            }
        }
    }
}

fn section(sheet: &Sheet<'_>, number: usize, texts: Texts) -> Markup {
    let heading = format!("h-{number}");
    html! {
        section aria-labelledby=(heading) {
            h2 id=(heading) { (short(sheet.exercise)) " " span.soft { (short(sheet.title)) } }
            p { (summary(sheet, texts)) }
            // The frame scrolls: it takes the focus, so that the arrow keys reach what is outside.
            div.scroll.frame tabindex="0" role="region" aria-labelledby=(heading) { (table(sheet, texts)) }
            p.soft { (prose(&texts.class_legend())) }
            @if sheet.left_out > 0 { p { (texts.class_left_out(sheet.left_out as u64)) } }
            @if !sheet.mistakes.is_empty() {
                h3 { (texts.class_mistakes()) }
                @for mistake in &sheet.mistakes { (self::mistake(mistake, texts)) }
            }
        }
    }
}

fn table(sheet: &Sheet<'_>, texts: Texts) -> Markup {
    html! {
        table.matrix {
            thead {
                tr {
                    th.who rowspan="2" scope="col" { (texts.class_student()) }
                    th.n rowspan="2" scope="col" { (texts.html_points(2)) }
                    @for (level, count) in levels(&sheet.columns) {
                        th.level colspan=(count) scope="colgroup" { (clean(&texts.level(level))) }
                    }
                }
                tr {
                    @for column in &sheet.columns {
                        th.case scope="col" title=(short(column.title)) { span { (short(column.id)) } }
                    }
                }
            }
            tbody { @for student in &sheet.students { (row(sheet, student, texts)) } }
            tfoot {
                tr {
                    th.who colspan="2" scope="row" { (texts.class_right()) }
                    @for column in &sheet.columns { td { (sheet.right(column)) } }
                }
            }
        }
    }
}

/// How many columns each level has.
fn levels(columns: &[Column<'_>]) -> Vec<(u8, usize)> {
    let groups = columns.chunk_by(|one, next| one.level == next.level);
    groups.map(|group| (group[0].level, group.len())).collect()
}

fn row(sheet: &Sheet<'_>, student: &Student, texts: Texts) -> Markup {
    let score = student.grade.score;
    html! {
        tr {
            th.who scope="row" { (linked(student)) }
            td.n {
                (score.points) "/" (score.max)
                @if student.grade.hidden > 0 {
                    span.vh { " " (texts.hidden_cases(student.grade.hidden.into())) }
                }
            }
            @for column in &sheet.columns {
                @let cell = Sheet::cell(column, student);
                td class=(class(cell)) {
                    span aria-hidden="true" { (cell.mark()) }
                    span.vh { (cell.said(texts)) }
                }
            }
        }
    }
}

/// The colour of a cell; the mark says the same.
fn class(cell: Cell<'_>) -> &'static str {
    match cell.status {
        None => "none",
        Some("pass") => "pass",
        Some("non-strict") => "non-strict",
        Some("fail" | "unimplemented") if cell.right > 0 => "part",
        Some("fail" | "unimplemented") => "fail",
        Some(_) => "open",
    }
}

fn linked(student: &Student) -> Markup {
    let name = short(&student.name);
    html! {
        @match &student.link {
            Some(link) => a href=(link.as_str()) { (name) },
            None => (name),
        }
    }
}

fn mistake(mistake: &Mistake<'_>, texts: Texts) -> Markup {
    let (count, title) = (mistake.students.len() as u64, mistake.title(texts));
    html! {
        details.mistake open[count > 1] {
            summary { b { (texts.class_who(count)) } " " (prose(&short_sentence(&title))) }
            div {
                p.names { @for (index, student) in mistake.students.iter().enumerate() {
                    @if index > 0 { ", " }
                    (linked(student))
                } }
                p { code { (clean(&listed(&mistake.cases))) } }
                @match mistake.hint(texts) {
                    Some(hint) => p.hint { (prose(&hint)) },
                    None => p { (prose(&short_sentence(mistake.message))) },
                }
            }
        }
    }
}

/// A sentence that may be anybody's.
fn short_sentence(text: &str) -> String {
    text.chars().take(400).collect()
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_policy_names_the_style() {
        assert_eq!(
            STYLE_HASH,
            crate::html::tests::base64(&Sha256::digest(STYLE))
        );
    }
}
