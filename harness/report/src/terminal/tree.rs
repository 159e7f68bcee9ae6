//! The cases level by level, one line each; variants that passed share a line.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::escape::clean;
use crate::family::{Row, base, rows, short_title, subtotal, variant};
use crate::options::Detail;
use crate::texts::Texts;
use crate::wire::{WireCase, WireGrade};

use super::page::{BOLD, DIM, GREEN, PLAIN, Page, RED, YELLOW, folded, padded, span};

/// An id takes at most this many columns before it pushes the rest aside.
const ID: usize = 34;

/// A title of fewer columns stands below its id.
const TITLE: usize = 24;

pub(super) fn write(page: &mut Page, grade: &WireGrade, texts: Texts, detail: Detail) {
    let levels: BTreeSet<u8> = grade.cases.iter().map(|case| case.level).collect();
    let of_level = |level: u8| -> Vec<&WireCase> {
        grade
            .cases
            .iter()
            .filter(|case| case.level == level)
            .collect()
    };
    let fold = detail != Detail::Verbose;
    let tables: Vec<(u8, Vec<Row<'_>>)> = levels
        .iter()
        .map(|level| (*level, rows(&of_level(*level), fold)))
        .collect();
    let widest = |text: &dyn Fn(&Row<'_>) -> String| {
        let all = tables.iter().flat_map(|(_, rows)| rows);
        all.map(|row| text(row).width()).max().unwrap_or(0)
    };
    let columns = Columns {
        points: widest(&score),
        id: widest(&|row| clean(&row.id())).min(ID),
    };
    for (index, (level, rows)) in tables.iter().enumerate() {
        if index == 0 {
            page.blank();
        }
        let score = match subtotal(&of_level(*level)) {
            (_, 0) => String::new(),
            (points, max) => format!("  {points}/{max}"),
        };
        page.line(0, &[span(BOLD, &texts.level(*level)), span(DIM, &score)]);
        for row in rows {
            line(page, row, &columns, &grade.cases, texts, detail);
        }
    }
}

struct Columns {
    points: usize,
    id: usize,
}

fn line(
    page: &mut Page,
    row: &Row<'_>,
    columns: &Columns,
    all: &[WireCase],
    texts: Texts,
    detail: Detail,
) {
    let (mark, style) = mark(row.status());
    let score = score(row);
    let score = format!(" {}{score}  ", " ".repeat(columns.points - score.width()));
    let id = padded(&clean(&row.id()), columns.id);
    let verdict = match row.status() {
        "pass" => String::new(),
        status => format!("{}  ", clean(&texts.status(status))),
    };
    let indent = 3 + score.width() + columns.id + 2;
    let room = page.width().saturating_sub(indent);
    let title = clean(&title(row, all, texts, detail));
    let head = [
        span(style, mark),
        span(PLAIN, &score),
        span(PLAIN, &id),
        span(PLAIN, "  "),
    ];
    if room < TITLE {
        let [mark, score, id, gap] = head;
        page.line(2, &[mark, score, id, gap, span(style, &verdict)]);
        for part in folded(&title, page.width().saturating_sub(6)) {
            page.line(6, &[span(PLAIN, &part)]);
        }
        return;
    }
    let parts = folded(&format!("{verdict}{title}"), room);
    let mut parts = parts.iter();
    let first = parts.next().map(String::as_str).unwrap_or_default();
    let (verdict, first) = first.split_at(verdict.len().min(first.len()));
    let [mark, score, id, gap] = head;
    page.line(
        2,
        &[
            mark,
            score,
            id,
            gap,
            span(style, verdict),
            span(PLAIN, first),
        ],
    );
    for part in parts {
        page.line(indent, &[span(PLAIN, part)]);
    }
}

/// What the row is about.
fn title(row: &Row<'_>, all: &[WireCase], texts: Texts, detail: Detail) -> String {
    let count = row.variants.len() as u64;
    let mut title = match row.case {
        Some(case) if count > 0 => texts.variants_too(&case.title, count),
        Some(case) => short_title(case, all).to_owned(),
        None if row.status() == "pass" => match row.variants.first().and_then(|one| base(one, all))
        {
            Some(base) => texts.variants_of(&base.title, count),
            None => texts.variants(count),
        },
        None => {
            let names: Vec<&str> = row
                .variants
                .iter()
                .filter_map(|case| variant(&case.id))
                .collect();
            texts.variants_named(count, &names.join(", "))
        }
    };
    if let (Some(case), Detail::Verbose) = (row.case, detail)
        && case.plays > 1
    {
        title += &format!(" ({})", texts.plays(case.plays.into()));
    }
    title
}

fn score(row: &Row<'_>) -> String {
    let (points, max) = row.points();
    format!("{points}/{max}")
}

/// A mark that reads without colour, and its colour.
pub(super) fn mark(status: &str) -> (&'static str, anstyle::Style) {
    match status {
        "pass" => ("+", GREEN),
        "non-strict" => ("~", YELLOW),
        "fail" => ("x", RED),
        "blocked" => ("-", YELLOW),
        "skipped" => (".", DIM),
        "unimplemented" => ("o", RED),
        _ => ("?", YELLOW),
    }
}
