//! Bytes to look at: expected beside received, and every event of a transcript in a table.

use maud::{Markup, html};

use crate::compare::{Comparison, Side};
use crate::escape::{cells, clean, is_plain};
use crate::texts::Texts;
use crate::transcript::{remark, said};
use crate::wire::{WireDiagnosis, WireEvent};

use super::segments::Segments;

/// So many characters of an answer are shown, those around the first difference.
const CELLS: usize = 160;

/// So many characters of a payload in the table, and half as many bytes of it in hexadecimal.
const PAYLOAD: usize = 600;

/// So many events in the table.
const EVENTS: usize = 200;

/// Expected and received, character by character; nothing when neither is known.
pub(super) fn sides(found: &WireDiagnosis, texts: Texts) -> Markup {
    let Some(compared) = Comparison::of(found) else {
        return html! {};
    };
    html! {
        div.pair {
            div class="side expected" {
                h5 { (texts.label_expected()) }
                @if let Some(pattern) = compared.pattern {
                    p { code { (clean(pattern)) } " " span.soft { "(" (texts.pattern_note()) ")" } }
                } @else {
                    (side(&compared.expected, compared.mark, &texts.nothing_expected()))
                }
            }
            div class="side received" {
                h5 { (texts.label_received()) }
                (side(&compared.actual, compared.mark, &texts.nothing_received()))
            }
        }
        @for sentence in compared.sentences(texts) { p.soft { (sentence) } }
    }
}

fn side(side: &Side, mark: Option<usize>, nothing: &str) -> Markup {
    if side.bytes.is_empty() {
        return html! { p.soft { (nothing) } };
    }
    let all = cells(&side.bytes);
    let text: String = all.iter().map(|cell| cell.text.as_str()).collect();
    let at = mark.map(|at| {
        let holds = all.iter().position(|cell| cell.offset + cell.bytes > at);
        holds.unwrap_or(all.len())
    });
    let first = at.unwrap_or(0).saturating_sub(CELLS / 2);
    let last = all.len().min(first + CELLS);
    let show_hex = !is_plain(&side.bytes);
    html! {
        // A reader of screens says the text; the cells are for the eye.
        p.vh { "\"" (text.chars().take(PAYLOAD).collect::<String>()) "\"" }
        div.bytes aria-hidden="true" {
            @if first > 0 { span { "… " } }
            @for (index, cell) in all.iter().enumerate().take(last).skip(first) {
                span class=(place(index, at)) {
                    // A browser would drop a space that stands alone.
                    @if cell.text == " " { "\u{a0}" } @else { (cell.text) }
                    @if show_hex {
                        @let bytes = &side.bytes[cell.offset..cell.offset + cell.bytes];
                        i { (spaced_hex(bytes)) }
                    }
                }
            }
            @if last < all.len() { span { " …" } }
            @else if at == Some(all.len()) { span.end { "·" } }
        }
    }
}

fn place(index: usize, mark: Option<usize>) -> &'static str {
    match mark {
        Some(mark) if index == mark => "b diff",
        Some(mark) if index > mark => "b after",
        _ => "b",
    }
}

/// Every event, with the bytes that a cut tore from their character marked.
pub(super) fn table(events: &[WireEvent], role: &str, texts: Texts) -> Markup {
    let segments = Segments::of(events);
    let several = events.iter().any(|event| event.connection > 1);
    let first = events.len().saturating_sub(EVENTS);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.html_bytes()) {
            table.events {
                thead { tr {
                    th.n scope="col" { "ms" }
                    th scope="col" { (texts.html_who()) }
                    th scope="col" { (texts.html_what()) }
                    th.n scope="col" { (texts.html_size()) }
                } }
                tbody {
                    @if first > 0 {
                        tr { td colspan="4" { (texts.events_left_out(first as u64)) } }
                    }
                    @for (index, event) in events.iter().enumerate().skip(first) {
                        tr {
                            td.n { (texts.decimal(event.t_us as f64 / 1000.0, 3)) }
                            td.id { (who(event, role, several)) }
                            td {
                                @match &event.text {
                                    Some(text) => (payload(event, text, index, &segments, texts)),
                                    None => (words(event, texts)),
                                }
                            }
                            td.n { @if let Some(bytes) = event.bytes { (bytes) } }
                        }
                    }
                }
            }
        }
    }
}

fn who(event: &WireEvent, role: &str, several: bool) -> String {
    let number = if several {
        event.connection.to_string()
    } else {
        String::new()
    };
    let client = format!("C{number}");
    let target = if role == "client" {
        client.as_str()
    } else {
        "S"
    };
    match (event.actor.as_str(), &event.text) {
        (stream @ ("in" | "out" | "err"), _) => stream.to_owned(),
        ("S", Some(_)) => format!("S → {client}"),
        ("C", Some(_)) => format!("{client} → S"),
        ("C", None) => client,
        ("S", None) if several => format!("S ({client})"),
        ("S", None) => "S".into(),
        _ if matches!(event.event.as_str(), "wait" | "starved" | "left-out") => String::new(),
        _ => target.to_owned(),
    }
}

fn words(event: &WireEvent, texts: Texts) -> String {
    clean(&said(event, texts))
}

fn payload(
    event: &WireEvent,
    text: &str,
    index: usize,
    segments: &Segments,
    texts: Texts,
) -> Markup {
    let torn = segments.torn(index);
    let kept = crate::escape::unescape(text);
    let all = cells(&kept);
    let shown = all.len().min(PAYLOAD);
    let tail = event.tail.as_deref().map(clean);
    let from_end = if tail.is_some() { 0 } else { torn.tail };
    let end = kept.len().saturating_sub(from_end);
    let is_torn = |offset: usize| offset < torn.head || offset >= end;
    let known_by = match event.known_by.as_deref() {
        Some("kernel") => Some(texts.html_read()),
        Some("acknowledged") => Some(texts.html_unverified()),
        _ => None,
    };
    html! {
        code {
            "\""
            @for (run, torn) in runs(&all[..shown], is_torn) {
                @if torn {
                    mark.cut title=(texts.html_torn()) { (run) }
                } @else { (run) }
            }
            @if shown == all.len() { "\"" } @else { "…" }
        }
        @if let Some(remark) = remark(event, texts) { " (" (clean(&remark)) ")" }
        @if let Some(left_out) = event.left_out { " " (texts.bytes_left_out(left_out)) }
        @if let Some(tail) = tail { " " code { "\"" (tail) "\"" } }
        @let hex = !is_plain(&kept);
        @if hex || known_by.is_some() {
            div.hex {
                @if hex {
                    (spaced_hex(&kept[..kept.len().min(PAYLOAD / 4)]))
                    @if kept.len() > PAYLOAD / 4 { " …" }
                    @if known_by.is_some() { " · " }
                }
                @if let Some(known_by) = known_by { (known_by) }
            }
        }
    }
}

/// The cells' texts, joined as long as the test says the same of them.
fn runs(cells: &[crate::escape::Cell], test: impl Fn(usize) -> bool) -> Vec<(String, bool)> {
    let mut runs: Vec<(String, bool)> = Vec::new();
    for cell in cells {
        let is = test(cell.offset);
        match runs.last_mut() {
            Some((run, was)) if *was == is => run.push_str(&cell.text),
            _ => runs.push((cell.text.clone(), is)),
        }
    }
    runs
}

fn spaced_hex(bytes: &[u8]) -> String {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(" ")
}
