//! The head of the page: what was graded, how it went, where to begin.

use maud::{Markup, html};

use crate::escape::clean;
use crate::terminal::{counts, failure_groups, right_and_wrong, speaks, survivals};
use crate::texts::Texts;
use crate::wire::WireGrade;

use super::{anchor, prose};

pub(super) fn write(grade: &WireGrade, texts: Texts) -> Markup {
    let mood = match right_and_wrong(grade) {
        (0, 0) => "mild",
        (_, 0) => "good",
        _ => "bad",
    };
    html! {
        header {
            div.top {
                h1 { (clean(&grade.exercise)) " " span.soft { (clean(&grade.title)) } }
                div class={ "score " (mood) } {
                    b { (grade.score.points) } " / " (grade.score.max)
                    " " span.soft { (texts.html_points(grade.score.max.into())) }
                }
                (bar(grade))
                p.counts {
                    (counts(grade, texts).join(" · "))
                    @if grade.hidden > 0 { " · " (texts.hidden_cases(grade.hidden.into())) }
                }
            }
            (facts(grade, texts))
            (begin(grade, mood, texts))
            @if !grade.notes.is_empty() {
                ul.notes aria-label=(texts.label_note()) {
                    @for note in &grade.notes { li { (prose(&note.message)) } }
                }
            }
        }
    }
}

/// The shares of the verdicts; the text beside it says the same.
fn bar(grade: &WireGrade) -> Markup {
    let sum = &grade.summary;
    let parts = [
        ("pass", sum.pass),
        ("non-strict", sum.non_strict),
        (
            "lost",
            sum.fail
                .saturating_add(sum.blocked)
                .saturating_add(sum.unimplemented),
        ),
        ("open", sum.skipped.saturating_add(sum.inconclusive)),
    ];
    let total = parts
        .iter()
        .map(|(_, count)| f64::from(*count))
        .sum::<f64>()
        .max(1.0);
    let mut x = 0.0;
    html! {
        svg.bar viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
            @for (class, count) in parts {
                @let width = f64::from(count) * 1000.0 / total;
                @let gap = if x + width < 999.0 { 3.0 } else { 0.0 };
                @if count > 0 {
                    rect class=(class) x=(format!("{x:.1}")) y="0" width=(format!("{:.1}", (width - gap).max(1.0))) height="10" {}
                }
                ({ x += width; "" })
            }
        }
    }
}

fn facts(grade: &WireGrade, texts: Texts) -> Markup {
    let style = speaks(grade, texts);
    let role = texts.role(&grade.role);
    let target = texts.target(&grade.target, &role, &grade.seed.to_string());
    let when = texts.html_when(&moment(&grade.started), &seconds(grade, texts));
    html! {
        dl.facts {
            dt { (texts.label_target()) } dd { (clean(&target)) }
            dt { (texts.html_started()) } dd { (clean(&when)) }
            @if grade.strict { dt { (texts.label_strict()) } dd { (prose(&texts.strict_mode())) } }
            @if !style.is_empty() { dt { (texts.label_style()) } dd { (prose(&style)) } }
            @if !grade.loss.is_empty() {
                dt { (texts.label_loss()) } dd { (prose(&survivals(grade, texts))) }
            }
        }
    }
}

fn seconds(grade: &WireGrade, texts: Texts) -> String {
    texts.decimal(grade.duration_ms as f64 / 1000.0, 1)
}

/// `2026-09-01 14:30:12 UTC`; what is no such time stays.
fn moment(started: &str) -> String {
    match started.split_once('T') {
        Some((day, time)) if time.ends_with('Z') => {
            let time = time.split(['.', 'Z']).next().unwrap_or_default();
            format!("{day} {time} UTC")
        }
        _ => started.to_owned(),
    }
}

/// One sentence: all is well, nothing is known, or where to begin.
fn begin(grade: &WireGrade, mood: &str, texts: Texts) -> Markup {
    let groups = failure_groups(grade);
    let first = groups
        .iter()
        .flatten()
        .find_map(|case| Some((*case, case.diagnosis.as_ref()?)));
    html! {
        p class={ "verdict " (mood) } {
            @match (mood, first) {
                ("good", _) => (texts.all_passed()),
                ("mild", _) => (texts.nothing_judged()),
                (_, Some((case, found))) => {
                    (prose(&texts.mend_first(&found.title)))
                    " " a href={ "#" (anchor(grade, case)) } { code { (clean(&case.id)) } }
                }
                _ => (texts.html_failures()),
            }
        }
    }
}
