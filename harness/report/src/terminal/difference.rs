//! Expected and received, one above the other, with the first differing byte marked in both.

use unicode_width::UnicodeWidthStr;

use crate::compare::{Comparison, Side};
use crate::escape::{Cell, cells, is_plain};
use crate::texts::Texts;
use crate::wire::WireDiagnosis;

use super::page::{DIM, PLAIN, Page, RED, span};

pub(super) fn write(page: &mut Page, indent: usize, found: &WireDiagnosis, texts: Texts) {
    let Some(compared) = Comparison::of(found) else {
        return;
    };
    let mark = compared.mark;
    if let Some(pattern) = compared.pattern {
        let note = format!("  ({})", texts.pattern_note());
        let spans = [span(PLAIN, pattern), span(DIM, &note)];
        page.entry(indent, &texts.label_expected(), &spans);
    } else {
        let (label, nothing) = (texts.label_expected(), texts.nothing_expected());
        compared
            .expected
            .write(page, indent, &label, &nothing, mark);
    }
    let (label, nothing) = (texts.label_received(), texts.nothing_received());
    compared.actual.write(page, indent, &label, &nothing, mark);
    for sentence in compared.sentences(texts) {
        page.field(indent, "", &sentence);
    }
}

impl Side {
    /// The bytes as text, and as hexadecimal when the text does not say all; `mark` is an index
    /// (0-based) into them, or one past the last.
    fn write(
        &self,
        page: &mut Page,
        indent: usize,
        label: &str,
        nothing: &str,
        mark: Option<usize>,
    ) {
        if self.bytes.is_empty() {
            page.entry(indent, label, &[span(DIM, nothing)]);
            return;
        }
        let room = page.room(indent);
        let (line, column) = text_line(&cells(&self.bytes), mark, room);
        page.entry(indent, label, &[span(PLAIN, &line)]);
        caret(page, indent, column, "^");
        if !is_plain(&self.bytes) {
            let (line, column) = hex_line(&self.bytes, mark, room);
            page.entry(indent, "", &[span(DIM, &line)]);
            caret(page, indent, column, "^^");
        }
    }
}

fn caret(page: &mut Page, indent: usize, column: Option<usize>, caret: &str) {
    if let Some(column) = column {
        page.entry(
            indent,
            "",
            &[span(RED, &format!("{}{caret}", " ".repeat(column)))],
        );
    }
}

/// As many cells as fit, quoted, those around the mark when not all do; and the mark's column.
fn text_line(cells: &[Cell], mark: Option<usize>, room: usize) -> (String, Option<usize>) {
    let room = room.saturating_sub(4).max(8);
    let marked = mark.map(|at| {
        cells
            .iter()
            .position(|cell| cell.offset + cell.bytes > at)
            .unwrap_or(cells.len())
    });
    let mut first = 0;
    if let Some(marked) = marked {
        // At least half of the line stays for what follows the mark.
        let mut before = 0;
        first = marked;
        while first > 0 && before + cells[first - 1].columns <= room / 2 {
            first -= 1;
            before += cells[first].columns;
        }
        let after: usize = cells[marked..].iter().map(|cell| cell.columns).sum();
        let mut spare = room.saturating_sub(before + after);
        while first > 0 && cells[first - 1].columns <= spare {
            first -= 1;
            spare -= cells[first].columns;
        }
    }
    let mut line = String::from(if first > 0 { "…\"" } else { "\"" });
    let mut column = None;
    let mut used = 0;
    let mut last = first;
    for (index, cell) in cells.iter().enumerate().skip(first) {
        if used + cell.columns > room {
            break;
        }
        if Some(index) == marked {
            column = Some(line.width());
        }
        line.push_str(&cell.text);
        used += cell.columns;
        last = index + 1;
    }
    if marked == Some(last) {
        column = Some(line.width());
    }
    line.push_str(if last < cells.len() { "\"…" } else { "\"" });
    (line, column)
}

/// As many bytes as fit, in hexadecimal, those around the mark when not all do.
fn hex_line(bytes: &[u8], mark: Option<usize>, room: usize) -> (String, Option<usize>) {
    let fit = (room.saturating_sub(4) / 3).max(4);
    let at = mark.unwrap_or(0);
    let first = if bytes.len() <= fit || at < fit / 2 {
        0
    } else {
        at - fit / 2
    };
    let first = first.min(bytes.len().saturating_sub(fit));
    let last = bytes.len().min(first + fit);
    let mut line = String::from(if first > 0 { "… " } else { "" });
    let start = line.width();
    let pairs: Vec<String> = bytes[first..last]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    line.push_str(&pairs.join(" "));
    if last < bytes.len() {
        line.push_str(" …");
    }
    let column = mark
        .filter(|at| (first..=last).contains(at))
        .map(|at| start + (at - first) * 3);
    (line, column)
}
