//! The file that is read: its mistakes so far, and where its texts stand.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::DeValue;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::Span;

/// The file that is read, and what is wrong with it.
pub(super) struct Context<'s> {
    source: &'s str,
    found: RefCell<Vec<Diagnostic>>,
    /// The keys asked for, by the kind of the table: what the JSON Schema must say too.
    pub(super) asked: RefCell<BTreeMap<&'static str, BTreeSet<&'static str>>>,
}

/// Most diagnostics kept while reading, so that memory stays bounded; more than are returned, as they
/// are sorted afterwards.
const MOST_KEPT: usize = 10_000;

impl<'s> Context<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            found: RefCell::default(),
            asked: RefCell::default(),
        }
    }

    pub(super) fn report(&self, diagnostic: Diagnostic) {
        let mut found = self.found.borrow_mut();
        if found.len() < MOST_KEPT {
            found.push(diagnostic);
        }
    }

    pub(super) fn into_found(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }

    /// The keys asked for, by the kind of the table.
    #[cfg(test)]
    pub(super) fn asked(&self) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
        self.asked.borrow().clone()
    }

    /// A text value, with the way from its bytes to those of the file.
    pub(super) fn text(&self, value: &Spanned<DeValue<'_>>) -> Option<Located> {
        match value.get_ref() {
            DeValue::String(text) => Some(Located::new(self.source, span_of(value), text)),
            other => {
                self.wrong_type(value, "a text", other);
                None
            }
        }
    }

    pub(super) fn wrong_type(
        &self,
        value: &Spanned<DeValue<'_>>,
        wanted: &str,
        found: &DeValue<'_>,
    ) {
        let kind = match found {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with decimals",
            DeValue::Boolean(_) => "a truth value",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.report(
            Diagnostic::new(
                &codes::WRONG_TYPE,
                self.first_line(span_of(value)),
                format!("{wanted} belongs here"),
            )
            .label(format!("this is {kind}")),
        );
    }

    /// The span up to the end of its first line, for a table or a list that may be long.
    pub(super) fn first_line(&self, span: Span) -> Span {
        let text = self.source.get(span.start..span.end).unwrap_or_default();
        let length = text.find(['\n', '\r']).unwrap_or(text.len());
        Span {
            start: span.start,
            end: span.start + length,
        }
    }
}

/// A text and where it stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Located {
    /// The text, escapes of TOML undone.
    pub(super) text: String,
    /// The whole value in the file, quotes included.
    pub(super) span: Span,
    /// Where the text begins in the file, when it stands there byte for byte.
    start: Option<usize>,
}

impl Located {
    /// A name that stands for what a value names: it has the value's place.
    pub(super) fn named(text: &str, span: Span) -> Self {
        Located {
            text: text.to_owned(),
            span,
            start: None,
        }
    }

    fn new(source: &str, span: Span, text: &str) -> Self {
        let raw = source.get(span.start..span.end).unwrap_or_default();
        let start = ["'''", "\"\"\"", "'", "\""].iter().find_map(|quotes| {
            let inside = raw.strip_prefix(quotes)?.strip_suffix(quotes)?;
            // A line break right after the opening quotes is not part of a multi-line text.
            let body = match quotes.len() {
                3 => inside
                    .strip_prefix("\r\n")
                    .or_else(|| inside.strip_prefix('\n'))
                    .unwrap_or(inside),
                _ => inside,
            };
            (body == text).then(|| span.start + quotes.len() + inside.len() - body.len())
        });
        Self {
            text: text.to_owned(),
            span,
            start,
        }
    }

    /// The place in the file of a byte range of the text: the whole value where TOML's own escapes
    /// stand between the two.
    pub(super) fn place(&self, span: Span) -> Span {
        match self.start {
            Some(start) => Span {
                start: start + span.start,
                end: start + span.end,
            },
            None => self.span,
        }
    }
}

/// A key of a table, as a text.
pub(super) fn located_key(name: &Spanned<toml::de::DeString<'_>>) -> Located {
    Located {
        text: name.get_ref().to_string(),
        span: span_of(name),
        start: None,
    }
}

/// The place of a value or a key.
pub(super) fn span_of<T>(value: &Spanned<T>) -> Span {
    let span = value.span();
    Span {
        start: span.start,
        end: span.end,
    }
}
