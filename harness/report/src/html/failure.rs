//! What went wrong, cause by cause: the first case in full, the others folded.

use maud::{Markup, html};

use crate::escape::{clean, clean_lines, unescape};
use crate::terminal::failure_groups;
use crate::texts::{Lang, Texts};
use crate::wire::{WireCase, WireDiagnosis, WireEvent, WireGrade};

use super::{anchor, evidence, explained, ladder, prose, word};

/// Past so many bytes of a page, cases come without diagram and table: a browser must open it.
const PAGE_BYTES: usize = 6_000_000;

/// More cases of one cause are folded together.
const OPEN: usize = 4;

pub(super) fn write(grade: &WireGrade, texts: Texts) -> Markup {
    let groups = failure_groups(grade);
    let total = groups.len() as u64;
    if groups.is_empty() {
        return html! {};
    }
    let mut bytes = 0;
    let mut causes = Vec::new();
    for (group, number) in groups.iter().zip(1..) {
        let cause = cause(grade, group, (number, total), bytes, texts);
        bytes += cause.0.len();
        causes.push(cause);
    }
    html! {
        section #failures aria-labelledby="h-failures" {
            h2 #h-failures tabindex="-1" { (texts.html_failures()) }
            @for cause in causes { (cause) }
        }
    }
}

fn cause(
    grade: &WireGrade,
    group: &[&WireCase],
    (number, total): (u64, u64),
    mut bytes: usize,
    texts: Texts,
) -> Markup {
    let Some((first, others)) = group.split_first() else {
        return html! {};
    };
    let found = first.diagnosis.as_ref();
    let title = found.map_or(first.title.as_str(), |found| found.title.as_str());
    let full = case(grade, first, true, texts);
    bytes += full.0.len();
    let mut folded = Vec::new();
    for other in others {
        let one = case(grade, other, bytes < PAGE_BYTES, texts);
        bytes += one.0.len();
        folded.push((*other, one));
    }
    html! {
        section.cause aria-labelledby=(format!("cause-{number}")) {
            h3 id=(format!("cause-{number}")) {
                span.number { (texts.failure_heading(number, total)) }
                " " (prose(title))
            }
            @if let Some(found) = found {
                div.hint {
                    p { (prose(&found.hint)) }
                    @if !first.hint.is_empty() { p { (prose(&first.hint)) } }
                    (explained::write(&found.cause, Lang::from_locale(&grade.lang)))
                }
            }
            article id=(anchor(grade, first)) aria-labelledby=(format!("h-{}", anchor(grade, first))) {
                (heading(grade, first, texts))
                (full)
            }
            @if !folded.is_empty() {
                details.others open[folded.len() <= OPEN] {
                    summary { (texts.html_same(folded.len() as u64)) }
                    @for (other, body) in folded {
                        details.same {
                            summary { code { (clean(&other.id)) } " " (prose(&other.title)) }
                            // A link to the inside of a folded part unfolds it.
                            div id=(anchor(grade, other)) { (body) }
                        }
                    }
                }
            }
        }
    }
}

fn heading(grade: &WireGrade, case: &WireCase, texts: Texts) -> Markup {
    html! {
        h4 id=(format!("h-{}", anchor(grade, case))) {
            (word(&case.status, texts)) " " code { (clean(&case.id)) } " " (prose(&case.title))
            " " span.soft { (case.points) "/" (case.max) }
        }
    }
}

/// What happened in one case.
fn case(grade: &WireGrade, case: &WireCase, with_pictures: bool, texts: Texts) -> Markup {
    let law = texts.law(&case.law);
    html! {
        @if let Some(flaky) = &case.flaky {
            p { (texts.flaky(flaky.failed.into(), flaky.played.into())) }
        }
        @if let Some(found) = &case.diagnosis {
            p.finding { (prose(&found.message)) }
            @if !found.play.is_empty() {
                p.soft { (texts.label_play()) " " code { (clean(&found.play)) } }
            }
            (evidence::sides(found, texts))
            @if let Some(death) = &found.death {
                p.finding { (prose(&death.message)) }
                @if !death.words.is_empty() {
                    p.soft { (texts.label_said()) }
                    pre { (clean_lines(&death.words)) }
                }
            }
        }
        @if with_pictures && !case.transcript.is_empty() { (exchange(grade, case, texts)) }
        @if let Some(found) = &case.diagnosis { (reproduce(found, &anchor(grade, case), texts)) }
        p.soft {
            @if case.clause.is_empty() { (clean(&law)) }
            @else { (texts.label_clause()) " " (prose(&case.clause)) " (" (clean(&law)) ")" }
        }
    }
}

fn exchange(grade: &WireGrade, case: &WireCase, texts: Texts) -> Markup {
    let events = &case.transcript;
    let wanted = case
        .diagnosis
        .as_ref()
        .and_then(|found| wanted(found, case));
    let picture = ladder::draw(grade, events, wanted.as_ref(), texts);
    html! {
        h5 { (texts.html_exchange()) }
        @if let Some(picture) = picture { figure tabindex="0" aria-label=(texts.html_exchange()) { (picture) } }
        @else { p.soft { (texts.html_many_clients()) } }
        details {
            summary { (texts.html_bytes()) }
            (evidence::table(events, &grade.role, texts))
        }
    }
}

/// What should have come, and instead of which event.
fn wanted(found: &WireDiagnosis, case: &WireCase) -> Option<ladder::Wanted> {
    let text = match &found.pattern {
        Some(pattern) => pattern.clone(),
        None if found.expected.is_empty() => return None,
        None => format!("\"{}\"", found.expected),
    };
    let actual = unescape(&found.actual);
    let instead_of = if actual.is_empty() {
        None
    } else {
        place(&case.transcript, &actual)
    };
    Some(ladder::Wanted { text, instead_of })
}

/// The event at which these bytes began to come: after the last request, if they came there.
fn place(events: &[WireEvent], actual: &[u8]) -> Option<usize> {
    let last_sent = events.iter().rposition(|event| event.event == "send");
    let mut connections: Vec<u8> = events.iter().map(|event| event.connection).collect();
    connections.sort_unstable();
    connections.dedup();
    let mut places = Vec::new();
    for connection in connections {
        let mut stream = Vec::new();
        let mut starts = Vec::new();
        for (index, event) in events.iter().enumerate() {
            if event.connection == connection && event.event == "receive" {
                starts.push((stream.len(), index));
                stream.extend(unescape(event.text.as_deref().unwrap_or_default()));
            }
        }
        for (at, _) in stream
            .windows(actual.len())
            .enumerate()
            .filter(|(_, part)| *part == actual)
        {
            let began = starts.iter().rfind(|(start, _)| *start <= at);
            places.extend(began.map(|(_, index)| *index));
        }
    }
    let after = places
        .iter()
        .filter(|index| Some(**index) > last_sent)
        .min();
    after.or(places.iter().max()).copied()
}

fn reproduce(found: &WireDiagnosis, anchor: &str, texts: Texts) -> Markup {
    if found.reproduce.is_empty() {
        return html! {};
    }
    let id = format!("run-{anchor}");
    html! {
        div.run {
            h5 { (texts.html_reproduce()) }
            pre #(id) tabindex="0" { (clean_lines(&found.reproduce)) }
            button type="button" data-copy=(id) hidden { (texts.html_copy()) }
        }
    }
}
