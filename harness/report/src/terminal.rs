//! The report for people: readable without colour, first cause first.
//!
//! ```text
//! header          exercise, target, seed, how the target speaks
//! failures        by level; those of one cause together, the first in full
//! tree            level by level, one line a case, variants that passed folded into it
//! accepted        what is right but not as the reference does
//! not judged      what waits for something else, and for what
//! notes, what to mend first, score
//! ```
//!
//! Invariant: whatever the document holds, the output holds no control character but LF (and, when
//! colour is asked for, our own SGR sequences): all text goes through `page::Page`.

mod difference;
mod failure;
mod page;
mod tree;

pub(crate) use failure::{group_key, groups as failure_groups};
pub(crate) use page::fitted;

use anstyle::Style;

use crate::family::{by_message, listed};
use crate::options::{Detail, Options};
use crate::texts::{Lang, Texts};
use crate::wire::{WireCase, WireGrade};
use page::{BOLD, DIM, GREEN, Page, RED, YELLOW, span};

/// The whole report.
pub fn write(grade: &WireGrade, options: &Options) -> String {
    let texts = Lang::from_locale(&grade.lang).texts();
    let mut page = Page::new(options.width, options.colour);
    if options.detail != Detail::Quiet {
        header(&mut page, grade, texts);
        failure::write_all(&mut page, grade, texts, options.detail);
        tree::write(&mut page, grade, texts, options.detail);
        accepted(&mut page, grade, texts);
        waiting(&mut page, grade, texts);
        for note in &grade.notes {
            page.blank();
            page.field(0, &texts.label_note(), &note.message);
        }
        page.blank();
        match right_and_wrong(grade) {
            (0, 0) => page.paragraph(0, &texts.nothing_judged()),
            (_, 0) => page.paragraph(0, &texts.all_passed()),
            _ => mend_first(&mut page, grade, texts),
        }
    }
    score(&mut page, grade, texts);
    page.finish()
}

/// One case in full, without colour: what formats for machines show to people.
pub(crate) fn case_text(grade: &WireGrade, case: &WireCase) -> String {
    let mut page = Page::new(Options::default().width + failure::INDENT, false);
    let texts = Lang::from_locale(&grade.lang).texts();
    failure::write(&mut page, grade, case, texts, Detail::Normal);
    let margin = " ".repeat(failure::INDENT);
    let line = |line: &str| format!("{}\n", line.strip_prefix(&margin).unwrap_or(line));
    page.finish().lines().map(line).collect()
}

/// The score, and how many cases are not shown, without colour.
pub(crate) fn score_text(grade: &WireGrade) -> String {
    let mut page = Page::new(Options::default().width, false);
    score(&mut page, grade, Lang::from_locale(&grade.lang).texts());
    page.finish()
}

fn header(page: &mut Page, grade: &WireGrade, texts: Texts) {
    page.line(
        0,
        &[
            span(BOLD, &grade.exercise),
            span(Style::new(), &format!("  {}", grade.title)),
        ],
    );
    let target = texts.target(
        &grade.target,
        &texts.role(&grade.role),
        &grade.seed.to_string(),
    );
    page.field(2, &texts.label_target(), &target);
    if grade.strict {
        page.field(2, &texts.label_strict(), &texts.strict_mode());
    }
    let style = speaks(grade, texts);
    // Of a client to which nothing is typed there may be nothing to say.
    if !style.is_empty() {
        page.field(2, &texts.label_style(), &style);
    }
    if !grade.loss.is_empty() {
        page.field(2, &texts.label_loss(), &survivals(grade, texts));
    }
}

/// What share of the exchanges survives at each rate of loss.
pub(crate) fn survivals(grade: &WireGrade, texts: Texts) -> String {
    let percent =
        |part: u32, all: u32| (f64::from(part) * 100.0 / f64::from(all.max(1))).round() as u64;
    let sentences = grade.loss.iter().map(|one| {
        let loss = u64::from(one.loss_percent);
        let survived = percent(one.survived, one.exchanges);
        match one.survived < one.possible {
            true => texts.survival_short(loss, survived, percent(one.possible, one.exchanges)),
            false => texts.survival(loss, survived, one.attempts.into()),
        }
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// How the target speaks, in sentences.
pub(crate) fn speaks(grade: &WireGrade, texts: Texts) -> String {
    match (&grade.style, &grade.manner) {
        (Some(style), _) => style.sentences.join(" "),
        (None, Some(manner)) => manner.sentences.join(" "),
        (None, None) => texts.style_none(),
    }
}

/// Where to begin: the first cause is often that of what fails after it.
fn mend_first(page: &mut Page, grade: &WireGrade, texts: Texts) {
    let groups = failure_groups(grade);
    if let Some(found) = groups
        .iter()
        .flatten()
        .find_map(|case| case.diagnosis.as_ref())
    {
        page.paragraph(0, &texts.mend_first(&found.title));
        page.line(
            2,
            &[span(DIM, &format!("sockspec explain {}", found.cause))],
        );
    }
}

/// Cases that are right, but not as the reference server does it.
fn accepted(page: &mut Page, grade: &WireGrade, texts: Texts) {
    let cases: Vec<&WireCase> = grade
        .cases
        .iter()
        .filter(|case| case.status == "non-strict")
        .collect();
    if cases.is_empty() {
        return;
    }
    page.blank();
    page.line(0, &[span(YELLOW, &texts.accepted_heading())]);
    write_messages(page, &cases);
}

/// Cases without a verdict of their own, with what they wait for.
fn waiting(page: &mut Page, grade: &WireGrade, texts: Texts) {
    let waits =
        |case: &&WireCase| matches!(case.status.as_str(), "blocked" | "skipped" | "inconclusive");
    let cases: Vec<&WireCase> = grade.cases.iter().filter(waits).collect();
    if cases.is_empty() {
        return;
    }
    page.blank();
    page.line(0, &[span(YELLOW, &texts.waiting_heading())]);
    write_messages(page, &cases);
}

fn write_messages(page: &mut Page, cases: &[&WireCase]) {
    for (message, ids) in by_message(cases) {
        if !message.is_empty() {
            page.paragraph(2, message);
        }
        page.paragraph(if message.is_empty() { 2 } else { 4 }, &listed(&ids));
    }
}

/// How many cases earned their points and how many lost them, hidden ones included.
pub(crate) fn right_and_wrong(grade: &WireGrade) -> (u32, u32) {
    let sum = &grade.summary;
    (
        sum.pass + sum.non_strict,
        sum.fail + sum.blocked + sum.unimplemented,
    )
}

/// How many cases had each verdict, in words.
pub(crate) fn counts(grade: &WireGrade, texts: Texts) -> Vec<String> {
    let sum = &grade.summary;
    [
        ("pass", sum.pass),
        ("non-strict", sum.non_strict),
        ("fail", sum.fail),
        ("unimplemented", sum.unimplemented),
        ("blocked", sum.blocked),
        ("skipped", sum.skipped),
        ("inconclusive", sum.inconclusive),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(slug, count)| texts.count(slug, count))
    .collect()
}

fn score(page: &mut Page, grade: &WireGrade, texts: Texts) {
    let counts = counts(grade, texts);
    let style = match right_and_wrong(grade) {
        (0, 0) => YELLOW,
        (_, 0) => GREEN,
        _ => RED,
    };
    let score = texts.score(grade.score.points.into(), grade.score.max.into());
    let counts = if counts.is_empty() {
        String::new()
    } else {
        format!("  ({})", counts.join(", "))
    };
    page.line(0, &[span(style.bold(), &score), span(DIM, &counts)]);
    if grade.hidden > 0 {
        page.line(
            0,
            &[span(Style::new(), &texts.hidden_cases(grade.hidden.into()))],
        );
    }
}
