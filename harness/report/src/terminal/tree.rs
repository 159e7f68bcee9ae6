//! The cases level by level, one line each.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::escape::clean;
use crate::texts::Texts;
use crate::wire::{WireCase, WireGrade};

use super::page::{BOLD, DIM, GREEN, PLAIN, Page, RED, YELLOW, fitted, padded, span};

/// An id takes at most this many columns before it pushes the rest aside.
const ID: usize = 34;

/// A title of fewer columns would say nothing.
const TITLE: usize = 10;

pub(super) fn write(page: &mut Page, grade: &WireGrade, texts: Texts) {
    let cases = &grade.cases;
    let widest = |text: &dyn Fn(&WireCase) -> String| {
        cases
            .iter()
            .map(|case| text(case).width())
            .max()
            .unwrap_or(0)
    };
    let id = widest(&|case| clean(&case.id)).min(ID);
    let verdict = widest(&|case| verdict(case, texts));
    let points = widest(&|case| points(case));
    let plays = widest(&|case| plays(case, texts));
    let taken = 4 + id + 2 + 2 + verdict + 2 + points + if plays > 0 { 2 + plays } else { 0 };
    let title = page.width().saturating_sub(taken);

    let levels: BTreeSet<u8> = cases.iter().map(|case| case.level).collect();
    for level in levels {
        page.blank();
        page.line(0, &[span(BOLD, &texts.level(level))]);
        for case in cases.iter().filter(|case| case.level == level) {
            let (mark, style) = mark(&case.status);
            let shown = clean(&case.title);
            let shown = if title >= TITLE {
                format!("{}  ", padded(&fitted(&shown, title), title))
            } else {
                String::new()
            };
            let verdict = padded(&self::verdict(case, texts), verdict);
            let earned = self::points(case);
            let earned = format!("{}{earned}", " ".repeat(points - earned.width()));
            page.line(
                2,
                &[
                    span(style, mark),
                    span(PLAIN, &format!(" {}  ", padded(&clean(&case.id), id))),
                    span(PLAIN, &shown),
                    span(style, &verdict),
                    span(PLAIN, &format!("  {earned}")),
                    span(DIM, &format!("  {}", self::plays(case, texts))),
                ],
            );
        }
    }
}

fn verdict(case: &WireCase, texts: Texts) -> String {
    clean(&texts.status(&case.status))
}

fn points(case: &WireCase) -> String {
    format!("{}/{}", case.points, case.max)
}

fn plays(case: &WireCase, texts: Texts) -> String {
    if case.plays > 1 {
        texts.plays(case.plays.into())
    } else {
        String::new()
    }
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
