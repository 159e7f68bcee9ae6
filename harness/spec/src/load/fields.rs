//! The walk over TOML tables: typed values with their places, and keys that nobody asked for.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::context::{Context, Located, located_key, span_of};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::Span;
use crate::model::Choice;
use crate::suggest::{nearest, nearest_or_all, one_of};

/// A table that is being read.
pub(super) struct Fields<'a, 's> {
    pub(super) context: &'a Context<'s>,
    table: &'a DeTable<'s>,
    /// Where to point when a key is missing: the table's header or first line.
    pub(super) header: Span,
    /// What the table is, for messages: `a case`.
    what: &'static str,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a, 's> Fields<'a, 's> {
    pub(super) fn new(
        context: &'a Context<'s>,
        table: &'a DeTable<'s>,
        span: Span,
        what: &'static str,
    ) -> Self {
        Self {
            context,
            table,
            header: context.first_line(span),
            what,
            asked: RefCell::default(),
        }
    }

    /// The value of a key that may be left out.
    pub(super) fn optional(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'s>>> {
        self.asked.borrow_mut().push(key);
        self.table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(_, value)| value)
    }

    /// The value of a key that must be there, such as `example`.
    pub(super) fn required(
        &self,
        key: &'static str,
        example: &str,
    ) -> Option<&'a Spanned<DeValue<'s>>> {
        let value = self.optional(key);
        if value.is_none() {
            self.context.report(
                Diagnostic::new(
                    &codes::MISSING_KEY,
                    self.header,
                    format!("{} lacks `{key}`", self.what),
                )
                .help(format!("add `{key} = {example}`")),
            );
        }
        value
    }

    /// A text that must be there and say something.
    pub(super) fn required_text(&self, key: &'static str) -> Located {
        let located = self
            .required(key, "\"…\"")
            .and_then(|value| self.context.text(value));
        located
            .inspect(|located| self.report_empty(located, key))
            .unwrap_or_default()
    }

    pub(super) fn report_empty(&self, located: &Located, key: &str) {
        if located.text.trim().is_empty() {
            self.context.report(
                Diagnostic::new(
                    &codes::EMPTY_TEXT,
                    located.span,
                    format!("`{key}` is empty"),
                )
                .help("say it in a few words"),
            );
        }
    }

    /// A text that may be left out.
    pub(super) fn optional_text(&self, key: &'static str) -> Option<Located> {
        self.optional(key)
            .and_then(|value| self.context.text(value))
    }

    /// A list of texts; none when the key is left out.
    pub(super) fn texts(&self, key: &'static str, most: usize) -> Option<Vec<Located>> {
        let value = self.optional(key)?;
        let DeValue::Array(list) = value.get_ref() else {
            self.context
                .wrong_type(value, "a list of texts", value.get_ref());
            return None;
        };
        self.report_too_many(key, span_of(value), list.len(), most);
        let texts = list.iter().take(most);
        Some(texts.filter_map(|value| self.context.text(value)).collect())
    }

    /// A list of texts in which each stands once.
    pub(super) fn set(&self, key: &'static str, most: usize) -> Option<Vec<Located>> {
        let texts = self.texts(key, most)?;
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for located in &texts {
            if let Some(first) = seen.get(&located.text) {
                self.context.report(
                    Diagnostic::new(
                        &codes::LISTED_TWICE,
                        located.span,
                        format!("`{}` is listed twice", located.text),
                    )
                    .other(*first, "first listed here")
                    .help("remove one of them"),
                );
            } else {
                seen.insert(located.text.clone(), located.span);
            }
        }
        Some(texts)
    }

    fn report_too_many(&self, key: &str, span: Span, count: usize, most: usize) {
        if count > most {
            self.context.report(
                Diagnostic::new(
                    &codes::TOO_MANY,
                    self.context.first_line(span),
                    format!("`{key}` has {count} entries, and {most} is the most"),
                )
                .help("split the exercise into several"),
            );
        }
    }

    /// One of a few words, or the default.
    pub(super) fn choice<T: Choice>(&self, key: &'static str, default: T) -> T {
        self.chosen(self.optional(key)).unwrap_or(default)
    }

    /// One of a few words, or nothing.
    pub(super) fn optional_choice<T: Choice>(&self, key: &'static str) -> Option<T> {
        self.chosen(self.optional(key))
    }

    /// One of a few words that must be there; the fallback is used when it is wrong.
    pub(super) fn required_choice<T: Choice>(&self, key: &'static str, fallback: T) -> T {
        let value = self.optional(key);
        if value.is_none() {
            self.context.report(
                Diagnostic::new(
                    &codes::MISSING_KEY,
                    self.header,
                    format!("{} lacks `{key}`", self.what),
                )
                .help(format!("add `{key} = …`: {}", one_of(T::WORDS))),
            );
        }
        self.chosen(value).unwrap_or(fallback)
    }

    pub(super) fn chosen<T: Choice>(&self, value: Option<&Spanned<DeValue<'_>>>) -> Option<T> {
        let located = self.context.text(value?)?;
        match located.text.parse() {
            Ok(choice) => Some(choice),
            Err(_) => {
                self.context
                    .report(not_allowed(&located, &located.text, T::WORDS));
                None
            }
        }
    }

    /// A whole number in a range, or the default.
    pub(super) fn number(
        &self,
        key: &'static str,
        range: RangeInclusive<u32>,
        default: u32,
    ) -> u32 {
        self.optional(key)
            .and_then(|value| self.checked_number(key, value, range))
            .unwrap_or(default)
    }

    /// A whole number that must be there; the range's start is used when it is wrong.
    pub(super) fn required_number(&self, key: &'static str, range: RangeInclusive<u32>) -> u32 {
        let fallback = *range.start();
        let value = self.required(key, &fallback.to_string());
        value
            .and_then(|value| self.checked_number(key, value, range))
            .unwrap_or(fallback)
    }

    fn checked_number(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        range: RangeInclusive<u32>,
    ) -> Option<u32> {
        let DeValue::Integer(integer) = value.get_ref() else {
            self.context
                .wrong_type(value, "a whole number", value.get_ref());
            return None;
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix())
            .ok()
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let (least, most) = (range.start(), range.end());
            let bounds = match *most {
                u32::MAX => format!("{least} or more"),
                _ => format!("from {least} to {most}"),
            };
            self.context.report(
                Diagnostic::new(
                    &codes::OUT_OF_RANGE,
                    span_of(value),
                    format!("`{key}` is out of range"),
                )
                .label(format!("must be {bounds}")),
            );
        }
        number
    }

    /// A truth value, when the key is there.
    pub(super) fn truth(&self, key: &'static str) -> Option<Spanned<bool>> {
        let value = self.optional(key)?;
        match value.get_ref() {
            DeValue::Boolean(truth) => Some(Spanned::new(value.span(), *truth)),
            other => {
                self.context.wrong_type(value, "`true` or `false`", other);
                None
            }
        }
    }

    /// The entries of a table whose keys are names of the author's choice.
    pub(super) fn entries(
        &self,
        key: &'static str,
        what: &'static str,
    ) -> Vec<(Located, Fields<'a, 's>)> {
        let Some(value) = self.optional(key) else {
            return Vec::new();
        };
        let DeValue::Table(table) = value.get_ref() else {
            self.context.wrong_type(value, "a table", value.get_ref());
            return Vec::new();
        };
        table
            .iter()
            .filter_map(|(name, value)| {
                let mut fields = self.as_table(value, what)?;
                fields.header = span_of(name);
                Some((located_key(name), fields))
            })
            .collect()
    }

    /// A list of tables; empty when the key is left out.
    pub(super) fn tables(
        &self,
        key: &'static str,
        what: &'static str,
        most: usize,
    ) -> Vec<Fields<'a, 's>> {
        let Some(value) = self.optional(key) else {
            return Vec::new();
        };
        let DeValue::Array(list) = value.get_ref() else {
            self.context
                .wrong_type(value, "a list of tables", value.get_ref());
            return Vec::new();
        };
        self.report_too_many(key, span_of(value), list.len(), most);
        list.iter()
            .take(most)
            .filter_map(|value| self.as_table(value, what))
            .collect()
    }

    pub(super) fn as_table(
        &self,
        value: &'a Spanned<DeValue<'s>>,
        what: &'static str,
    ) -> Option<Fields<'a, 's>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Fields::new(self.context, table, span_of(value), what)),
            other => {
                self.context.wrong_type(value, "a table", other);
                None
            }
        }
    }

    /// The entries of a table of texts whose keys are names of the author's choice.
    pub(super) fn named_texts(&self) -> Vec<(Located, Located)> {
        self.table
            .iter()
            .filter_map(|(name, value)| Some((located_key(name), self.context.text(value)?)))
            .collect()
    }

    /// Reports the keys that nobody asked for. Every key must have been asked for before.
    pub(super) fn finish(self) {
        let asked = self.asked.into_inner();
        for (name, _) in self.table {
            let key = name.get_ref().as_ref();
            if asked.contains(&key) {
                continue;
            }
            let found = Diagnostic::new(
                &codes::UNKNOWN_KEY,
                span_of(name),
                format!("{} has no key `{key}`", self.what),
            );
            self.context
                .report(match nearest(key, asked.iter().copied()) {
                    Some(meant) => found.help(format!("did you mean `{meant}`?")),
                    None => found.help(format!("its keys are {}", all(&asked))),
                });
        }
        self.context
            .asked
            .borrow_mut()
            .entry(self.what)
            .or_default()
            .extend(asked);
    }
}

fn all(keys: &[&str]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    quoted.join(", ")
}

/// A word that is not one of those allowed.
pub(super) fn not_allowed(located: &Located, word: &str, allowed: &[&str]) -> Diagnostic {
    Diagnostic::new(
        &codes::NOT_ALLOWED,
        located.span,
        format!("`{word}` is not one of the words allowed here"),
    )
    .help(nearest_or_all(word, allowed))
}
