//! All cases, level by level; and those without a verdict of their own.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::escape::clean;
use crate::family::{Row, base, by_message, listed as ids_listed, rows, short_title, subtotal};
use crate::texts::Texts;
use crate::wire::{WireCase, WireGrade};

use super::{anchor, prose, word};

pub(super) fn write(grade: &WireGrade, texts: Texts) -> Markup {
    let levels: BTreeSet<u8> = grade.cases.iter().map(|case| case.level).collect();
    let all_well = grade.cases.iter().all(|case| case.status == "pass");
    html! {
        section aria-labelledby="h-cases" {
            h2 #h-cases { (texts.html_cases()) }
            @for level in levels {
                @let cases: Vec<&WireCase> =
                    grade.cases.iter().filter(|case| case.level == level).collect();
                @let (points, max) = subtotal(&cases);
                details.level open[all_well || cases.iter().any(|case| case.status != "pass")] {
                    summary {
                        (clean(&texts.level(level)))
                        @if max > 0 { " " span.soft { (points) "/" (max) } }
                    }
                    (table(grade, &cases, texts))
                }
            }
        }
    }
}

fn table(grade: &WireGrade, cases: &[&WireCase], texts: Texts) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr {
                    th scope="col" { (texts.html_verdict()) }
                    th scope="col" { (texts.html_case()) }
                    th scope="col" { (texts.html_what()) }
                    th.n scope="col" { (texts.html_points(2)) }
                } }
                tbody {
                    @for row in rows(cases, true) {
                        @let (points, max) = row.points();
                        tr {
                            td { (word(row.status(), texts)) }
                            td.id { code { (clean(&row.id())) } }
                            td { (title(grade, &row, texts)) }
                            td.n { (points) "/" (max) }
                        }
                    }
                }
            }
        }
    }
}

fn title(grade: &WireGrade, row: &Row<'_>, texts: Texts) -> Markup {
    let count = row.variants.len() as u64;
    let Some(first) = row.variants.first() else {
        return html! {
            @if let Some(case) = row.case { (one(grade, case, short_title(case, &grade.cases), texts)) }
        };
    };
    let said = match (row.case, base(first, &grade.cases)) {
        (Some(case), _) => texts.variants_too(&case.title, count),
        (None, Some(base)) => texts.variants_of(&base.title, count),
        (None, None) => texts.variants(count),
    };
    html! {
        details {
            summary { (prose(&said)) }
            ul {
                @for case in &row.variants {
                    li {
                        code { (clean(&case.id)) } " "
                        (one(grade, case, short_title(case, &grade.cases), texts))
                    }
                }
            }
        }
    }
}

/// A case's title; a failed case leads to what went wrong.
fn one(grade: &WireGrade, case: &WireCase, title: &str, texts: Texts) -> Markup {
    let failed = matches!(case.status.as_str(), "fail" | "unimplemented");
    html! {
        @if failed { a href={ "#" (anchor(grade, case)) } { (prose(title)) } }
        @else { (prose(title)) }
        @if case.plays > 1 { " " span.soft { "(" (texts.plays(case.plays.into())) ")" } }
    }
}

/// What was accepted though the reference does otherwise, and what waits for something.
pub(super) fn without_verdict(grade: &WireGrade, texts: Texts) -> Markup {
    let of = |statuses: &[&str]| -> Vec<&WireCase> {
        grade
            .cases
            .iter()
            .filter(|case| statuses.contains(&case.status.as_str()))
            .collect()
    };
    html! {
        (listed(&of(&["non-strict"]), "h-accepted", &texts.accepted_heading()))
        (listed(&of(&["blocked", "skipped", "inconclusive"]), "h-waiting", &texts.waiting_heading()))
    }
}

fn listed(cases: &[&WireCase], id: &str, heading: &str) -> Markup {
    html! {
        @if !cases.is_empty() {
            section aria-labelledby=(id) {
                h2 id=(id) { (heading) }
                ul {
                    @for (message, ids) in by_message(cases) {
                        li { (prose(message)) " " code { (clean(&ids_listed(&ids))) } }
                    }
                }
            }
        }
    }
}
