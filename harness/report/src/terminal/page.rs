//! Lines of text for a terminal of a given width. Everything written passes [`clean`].

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::escape::clean;

pub(super) const PLAIN: Style = Style::new();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RED: Style = AnsiColor::Red.on_default();
pub(super) const GREEN: Style = AnsiColor::Green.on_default();
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();

/// Columns of the label column, space included.
const LABEL: usize = 12;

/// Narrower terminals are treated as this wide.
const NARROWEST: usize = 40;

/// Text in one style.
pub(super) struct Span<'a> {
    style: Style,
    text: &'a str,
}

pub(super) fn span(style: Style, text: &str) -> Span<'_> {
    Span { style, text }
}

/// A report under construction.
pub(super) struct Page {
    out: String,
    width: usize,
    colour: bool,
}

impl Page {
    pub fn new(width: usize, colour: bool) -> Self {
        Page {
            out: String::new(),
            width: width.max(NARROWEST),
            colour,
        }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn finish(self) -> String {
        self.out
    }

    pub fn blank(&mut self) {
        self.out.push('\n');
    }

    /// One line, however long.
    pub fn line(&mut self, indent: usize, spans: &[Span<'_>]) {
        let mut line = " ".repeat(indent);
        let mut is_start = true;
        for Span { style, text } in spans {
            let text = without_commands(&clean(text), is_start);
            let is_blank = text.trim().is_empty();
            is_start &= is_blank;
            if self.colour && *style != PLAIN && !is_blank {
                line.push_str(&format!("{style}{text}{style:#}"));
            } else {
                line.push_str(&text);
            }
        }
        self.out.push_str(line.trim_end_matches(' '));
        self.out.push('\n');
    }

    /// Text folded to the width.
    pub fn paragraph(&mut self, indent: usize, text: &str) {
        for line in folded(&clean(text), self.width.saturating_sub(indent)) {
            self.line(indent, &[span(PLAIN, &line)]);
        }
    }

    /// A label, and beside it a text folded to the width.
    pub fn field(&mut self, indent: usize, label: &str, text: &str) {
        let room = self.width.saturating_sub(indent + LABEL);
        for (number, line) in folded(&clean(text), room).iter().enumerate() {
            self.entry(
                indent,
                if number == 0 { label } else { "" },
                &[span(PLAIN, line)],
            );
        }
    }

    /// A label (or nothing), and beside it one line that is not folded.
    pub fn entry(&mut self, indent: usize, label: &str, spans: &[Span<'_>]) {
        let label = padded(label, LABEL - 2);
        let mut all = vec![span(DIM, &label), span(PLAIN, "  ")];
        all.extend(spans.iter().map(|part| span(part.style, part.text)));
        self.line(indent, &all);
    }

    /// Columns left beside a label.
    pub fn room(&self, indent: usize) -> usize {
        self.width.saturating_sub(indent + LABEL)
    }
}

/// Text without what a pipeline would take for a command of its own: GitHub reads `::` at the
/// beginning of a line (spaces before it do not matter) and `##[` anywhere, Azure `##vso[`.
fn without_commands(text: &str, is_start: bool) -> String {
    let text = text.replace("##", "#\\u{23}");
    match text.trim_start().strip_prefix("::") {
        Some(rest) if is_start => {
            format!("{}\\u{{3a}}:{rest}", &text[..text.len() - rest.len() - 2])
        }
        _ => text,
    }
}

/// The text with spaces up to `columns`.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// The text, or its beginning and `…` when it takes more than `columns`.
pub(crate) fn fitted(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(character);
    }
    out.push('…');
    out
}

/// Folds at ASCII spaces only, so that a no-break space holds; a longer word stays whole.
pub(super) fn folded(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= columns {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
