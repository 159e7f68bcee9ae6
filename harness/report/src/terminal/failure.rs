//! What went wrong, in full: one block a cause, the lowest level first.

use crate::escape::clean;
use crate::family::listed;
use crate::options::Detail;
use crate::texts::Texts;
use crate::transcript::{remark, said};
use crate::wire::{WireCase, WireDeath, WireEvent, WireGrade};

use super::page::{BOLD, DIM, PLAIN, Page, RED, fitted, span};
use super::{difference, tree};

/// Causes that say little by themselves: cases that share one may fail for different reasons.
const GENERIC: [&str; 4] = ["wrong-answer", "broken-rules", "extra-output", "not-judged"];

/// How many events behind the verdict are shown, unless all are asked for.
const BEHIND: usize = 3;
/// How many events of a transcript are shown in all.
const EXCERPT: usize = 12;

/// Columns before each line of a block.
pub(super) const INDENT: usize = 2;

pub(super) fn write_all(page: &mut Page, grade: &WireGrade, texts: Texts, detail: Detail) {
    let groups = groups(grade);
    let total = groups.len() as u64;
    for (group, number) in groups.iter().zip(1..) {
        let Some((first, others)) = group.split_first() else {
            continue;
        };
        page.blank();
        let points = format!("  {}/{}", first.points, first.max);
        page.line(
            0,
            &[
                span(RED.bold(), &texts.failure_heading(number, total)),
                span(BOLD, &format!("  {}", first.id)),
                span(PLAIN, &points),
            ],
        );
        write(page, grade, first, texts, detail);
        if !others.is_empty() {
            let ids: Vec<&str> = others.iter().map(|case| case.id.as_str()).collect();
            page.field(INDENT, &texts.label_also(), &listed(&ids));
        }
    }
    if detail == Detail::Verbose {
        let shown: Vec<&str> = groups
            .iter()
            .filter_map(|group| group.first())
            .map(|case| case.id.as_str())
            .collect();
        for case in grade
            .cases
            .iter()
            .filter(|case| !shown.contains(&case.id.as_str()))
        {
            if !case.transcript.is_empty() {
                page.blank();
                let (mark, style) = tree::mark(&case.status);
                page.line(
                    0,
                    &[span(style, mark), span(BOLD, &format!(" {}", case.id))],
                );
                transcript(page, grade, case, texts, detail);
            }
        }
    }
}

/// The failed cases by cause; groups in the order of their first case, by level.
pub(crate) fn groups(grade: &WireGrade) -> Vec<Vec<&WireCase>> {
    let failed = |case: &&WireCase| matches!(case.status.as_str(), "fail" | "unimplemented");
    let mut cases: Vec<&WireCase> = grade.cases.iter().filter(failed).collect();
    cases.sort_by_key(|case| case.level);
    let mut groups: Vec<(String, Vec<&WireCase>)> = Vec::new();
    for case in cases {
        let key = group_key(case);
        match groups.iter_mut().find(|(of, _)| *of == key) {
            Some((_, members)) => members.push(case),
            None => groups.push((key, vec![case])),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// What failures that are alike share: the cause, and where it says little, the case.
pub(crate) fn group_key(case: &WireCase) -> String {
    let base = case.id.split('@').next().unwrap_or_default();
    match &case.diagnosis {
        None => base.to_owned(),
        Some(found) if GENERIC.contains(&found.cause.as_str()) => {
            format!("{}/{base}", found.cause)
        }
        Some(found) => found.cause.clone(),
    }
}

pub(super) fn write(
    page: &mut Page,
    grade: &WireGrade,
    case: &WireCase,
    texts: Texts,
    detail: Detail,
) {
    page.paragraph(INDENT, &case.title);
    if let Some(flaky) = &case.flaky {
        page.paragraph(
            INDENT,
            &texts.flaky(flaky.failed.into(), flaky.played.into()),
        );
    }
    page.blank();
    if let Some(found) = &case.diagnosis {
        page.paragraph(INDENT, &found.message);
        if !found.play.is_empty() {
            page.field(INDENT, &texts.label_play(), &found.play);
        }
        difference::write(page, INDENT, found, texts);
        if let Some(death) = &found.death {
            self::death(page, death, texts);
        }
        page.field(INDENT, &texts.label_cause(), &found.title);
        page.field(INDENT, &texts.label_hint(), &found.hint);
    }
    if !case.hint.is_empty() {
        page.field(INDENT, "", &case.hint);
    }
    let law = texts.law(&case.law);
    if case.clause.is_empty() {
        page.field(INDENT, &texts.label_law(), &law);
    } else {
        page.field(
            INDENT,
            &texts.label_clause(),
            &format!("{} ({law})", case.clause),
        );
    }
    transcript(page, grade, case, texts, detail);
    if let Some(found) = &case.diagnosis {
        for (number, line) in found.reproduce.lines().enumerate() {
            let label = if number == 0 {
                texts.label_reproduce()
            } else {
                String::new()
            };
            page.entry(INDENT, &label, &[span(PLAIN, line)]);
        }
        let more = format!("sockspec explain {}", found.cause);
        page.entry(INDENT, &texts.label_more(), &[span(PLAIN, &more)]);
    }
}

/// How many of the last lines that a program printed are shown.
const LAST_LINES: usize = 8;

/// How the program ended, and what it said last.
fn death(page: &mut Page, death: &WireDeath, texts: Texts) {
    page.field(INDENT, &texts.label_death(), &death.message);
    let lines: Vec<&str> = death.words.lines().collect();
    let mut label = texts.label_said();
    for line in &lines[lines.len().saturating_sub(LAST_LINES)..] {
        page.entry(INDENT, &std::mem::take(&mut label), &[span(PLAIN, line)]);
    }
}

/// The last events, or all of them.
fn transcript(page: &mut Page, grade: &WireGrade, case: &WireCase, texts: Texts, detail: Detail) {
    let events = &case.transcript;
    let (first, end) = match detail {
        Detail::Verbose => (0, events.len()),
        _ => excerpt(events),
    };
    let several = events.iter().any(|event| event.connection > 1);
    let mut label = texts.label_transcript();
    if first > 0 {
        let left_out = texts.events_left_out(first as u64);
        page.entry(INDENT, &std::mem::take(&mut label), &[span(DIM, &left_out)]);
    }
    for event in &events[first..end] {
        let time = texts.decimal(event.t_us as f64 / 1000.0, 3);
        let time = format!("{time:>10} ms  ");
        let room = page.room(INDENT).saturating_sub(time.len());
        let words = fitted(&clean(&words(event, &grade.role, several, texts)), room);
        let spans = [span(DIM, &time), span(PLAIN, &words)];
        page.entry(INDENT, &std::mem::take(&mut label), &spans);
    }
    if end < events.len() {
        let left_out = texts.events_left_out((events.len() - end) as u64);
        page.entry(INDENT, "", &[span(DIM, &left_out)]);
    }
}

/// The events worth showing: those that led to the verdict, and a few of what came behind it.
fn excerpt(events: &[WireEvent]) -> (usize, usize) {
    let verdict = events.iter().position(|event| event.event == "judged");
    let end = verdict.map_or(events.len(), |at| (at + 1 + BEHIND).min(events.len()));
    (end.saturating_sub(EXCERPT), end)
}

/// `C: "…"` for bytes, `S! …` for what happens; the connection's number when there are several.
fn words(event: &WireEvent, role: &str, several: bool, texts: Texts) -> String {
    let target = if role == "client" { "C" } else { "S" };
    let actor = match (event.actor.as_str(), event.event.as_str()) {
        ("harness", "wait" | "starved" | "left-out") => "",
        ("harness", _) => target,
        (actor, _) => actor,
    };
    let number = if several && !actor.is_empty() && event.connection > 0 {
        event.connection.to_string()
    } else {
        String::new()
    };
    if let Some(text) = &event.text {
        let size = event.bytes.unwrap_or_default();
        let end = match event.left_out {
            Some(left_out) => format!(" {}", texts.bytes_left_out(left_out)),
            None => String::new(),
        };
        let tail = event
            .tail
            .as_ref()
            .map(|tail| format!(" \"{tail}\""))
            .unwrap_or_default();
        let remark = remark(event, texts).map(|said| format!(" ({said})"));
        let remark = remark.unwrap_or_default();
        return if size > 200 {
            format!("{actor}{number}: {size} B \"{text}\"{end}{tail}{remark}")
        } else {
            format!("{actor}{number}: \"{text}\"{end}{tail}{remark}")
        };
    }
    match event.event.as_str() {
        "left-out" => said(event, texts),
        _ => format!("{actor}{number}! {}", said(event, texts)),
    }
}
