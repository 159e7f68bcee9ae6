//! Words and built-in kinds: what `{name}` may be in a pattern, and the forms that words have.
//!
//! A [`Word`] keeps its forms as the author wrote them; [`Form`] is a form taken apart.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::{PatternPiece, Span, parse_form};
use crate::model::Word;
use crate::regexes::check_regex;
use crate::suggest::nearest_or_all;

/// A kind of text that patterns know without a vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// The name in braces.
    pub name: &'static str,
    /// What stands behind the colon.
    pub takes: Argument,
    /// What it matches, in a line.
    pub doc: &'static str,
}

/// What a built-in kind takes behind its colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `{name:n}` captures what it matched as `n`; `{name}` captures nothing.
    Capture,
    /// `{name:text}` takes a text (`$column` or `$capture` for a value) and cannot go without.
    Text,
    /// `{name:8}` or `{name:0..512}`: how many bytes (or a value that says so); it cannot go without.
    Count,
}

/// The most bytes that a count may ask for: what one answer may be long.
pub const MAX_COUNT: usize = 1 << 16;

/// The least and the most bytes of a count: `8`, or `0..512`.
pub fn parse_count(text: &str) -> Option<(usize, usize)> {
    let number = |text: &str| {
        let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        is_plain.then(|| text.parse().ok()).flatten()
    };
    let (least, most) = match text.split_once("..") {
        Some((least, most)) => (number(least)?, number(most)?),
        None => (number(text)?, number(text)?),
    };
    (least <= most && most <= MAX_COUNT).then_some((least, most))
}

/// The built-in kinds. Their names are reserved: no word and no column has them.
pub const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        name: "any",
        takes: Argument::Capture,
        doc: "any bytes of one message, also none",
    },
    BuiltIn {
        name: "line",
        takes: Argument::Capture,
        doc: "any bytes of one message, at least one",
    },
    BuiltIn {
        name: "int",
        takes: Argument::Capture,
        doc: "a whole number, with or without a sign",
    },
    BuiltIn {
        name: "number",
        takes: Argument::Capture,
        doc: "a number, with or without a sign and decimals",
    },
    BuiltIn {
        name: "word",
        takes: Argument::Capture,
        doc: "letters and digits of any language, at least one",
    },
    BuiltIn {
        name: "hex",
        takes: Argument::Capture,
        doc: "hexadecimal digits, at least one",
    },
    BuiltIn {
        name: "timestamp",
        takes: Argument::Capture,
        doc: "a date and time near now, in any usual form; canonically whole seconds of Unix time",
    },
    BuiltIn {
        name: "date",
        takes: Argument::Capture,
        doc: "a date and time near now, in any usual form; canonically ISO 8601 in UTC",
    },
    BuiltIn {
        name: "time32",
        takes: Argument::Capture,
        doc: "four bytes: seconds since 1900 as RFC 868 sends them, near now",
    },
    BuiltIn {
        name: "chargen",
        takes: Argument::Count,
        doc: "so many printable characters and line ends; canonically the rotating lines of RFC 864",
    },
    BuiltIn {
        name: "later",
        takes: Argument::Text,
        doc: "a date and time near now, and later than the captured one: `{later:$t}`",
    },
    BuiltIn {
        name: "upper",
        takes: Argument::Text,
        doc: "the text in capitals, in any right mapping",
    },
    BuiltIn {
        name: "lower",
        takes: Argument::Text,
        doc: "the text in small letters, in any right mapping",
    },
];

/// The built-in kind with this name.
pub fn built_in(name: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|kind| kind.name == name)
}

/// Whether a name means the same in every spec: a built-in kind, or `repeat`.
pub(crate) fn is_reserved(name: &str) -> bool {
    name == "repeat" || built_in(name).is_some()
}

/// A form of a word, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Literal text with `{v}` and built-in kinds.
    Literal(Vec<FormPiece>),
    /// `/regex/`, in which `{v}` stands for the escaped parameter.
    Regex(Vec<RegexPiece>),
}

/// A piece of a literal form. Two texts never follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormPiece {
    /// These bytes. Never empty.
    Text(Vec<u8>),
    /// The word's argument.
    Parameter,
    /// A built-in kind, without capture.
    BuiltIn(&'static BuiltIn),
}

/// A piece of the source of a regex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegexPiece {
    /// Source, as it stands.
    Source(String),
    /// The word's argument, escaped.
    Parameter,
}

impl Form {
    /// Reads a form of a word that takes the parameters `takes`.
    ///
    /// A text that begins and ends with a slash is a regex; in any other, a slash is a slash.
    ///
    /// # Errors
    /// Every mistake of the form; spans are byte ranges in `text`.
    pub fn parse(text: &str, takes: &[String]) -> Result<Self, Vec<Diagnostic>> {
        match regex_source(text) {
            Some(source) => Self::parse_regex(source, takes),
            None => Self::parse_literal(text, takes),
        }
    }

    fn parse_literal(text: &str, takes: &[String]) -> Result<Self, Vec<Diagnostic>> {
        let (pattern, mut found) = parse_form(text);
        let mut pieces = Vec::new();
        let mut cursor = 0;
        for piece in pattern.0 {
            let (name, argument) = match piece {
                PatternPiece::Literal(bytes) => {
                    pieces.push(FormPiece::Text(bytes));
                    continue;
                }
                // A literal form has no regexes: its parser takes a slash for a slash.
                PatternPiece::Regex(_) => continue,
                PatternPiece::Name { name, argument } => (name, argument),
            };
            let span = name_span(text, &mut cursor, &name);
            if takes.contains(&name) && argument.is_none() {
                pieces.push(FormPiece::Parameter);
            } else if let Some(kind) = built_in(&name)
                && kind.takes == Argument::Capture
                && argument.is_none()
            {
                pieces.push(FormPiece::BuiltIn(kind));
            } else if argument.is_some() {
                found.push(
                    Diagnostic::new(
                        &codes::BAD_PLACEHOLDER,
                        span,
                        "a name in a form takes no argument",
                    )
                    .help(format!("write `{{{name}}}`")),
                );
            } else {
                let names: Vec<&str> = takes
                    .iter()
                    .map(String::as_str)
                    .chain(
                        BUILT_IN
                            .iter()
                            .filter(|kind| kind.takes == Argument::Capture)
                            .map(|kind| kind.name),
                    )
                    .collect();
                let found_here = Diagnostic::new(
                    &codes::BAD_PLACEHOLDER,
                    span,
                    format!("this word takes nothing named `{name}`"),
                );
                found.push(if takes.is_empty() {
                    found_here.help(format!("add `takes = [\"{name}\"]`, or escape it: `\\{{`"))
                } else {
                    found_here.help(nearest_or_all(&name, &names))
                });
            }
        }
        if found.is_empty() {
            Ok(Self::Literal(pieces))
        } else {
            Err(found)
        }
    }

    fn parse_regex(source: &str, takes: &[String]) -> Result<Self, Vec<Diagnostic>> {
        let pieces = regex_pieces(source, takes);
        let spelt: String = pieces
            .iter()
            .map(|piece| match piece {
                (_, RegexPiece::Source(source)) => source.clone(),
                // As long as the placeholder, so that offsets of mistakes stay true.
                (length, RegexPiece::Parameter) => "x".repeat(*length),
            })
            .collect();
        check_regex(&spelt).map_err(|mistake| {
            let place = Span {
                start: mistake.span.start + 1,
                end: mistake.span.end + 1,
            };
            vec![mistake.into_diagnostic(place)]
        })?;
        Ok(Self::Regex(
            pieces.into_iter().map(|(_, piece)| piece).collect(),
        ))
    }

    /// Whether the form shows the word's argument.
    pub fn has_parameter(&self) -> bool {
        match self {
            Self::Literal(pieces) => pieces.contains(&FormPiece::Parameter),
            Self::Regex(pieces) => pieces.contains(&RegexPiece::Parameter),
        }
    }

    /// The source of the regex with `value` in the parameter's place; none for a literal form.
    pub fn regex_for(&self, value: &str) -> Option<String> {
        let Self::Regex(pieces) = self else {
            return None;
        };
        let source = pieces.iter().map(|piece| match piece {
            RegexPiece::Source(source) => source.clone(),
            RegexPiece::Parameter => format!("(?:{})", regex::escape(value)),
        });
        Some(source.collect())
    }

    /// The bytes of a literal form with `value` in the parameter's place; none where a regex or a
    /// built-in kind leaves them open.
    pub fn bytes_for(&self, value: &[u8]) -> Option<Vec<u8>> {
        let Self::Literal(pieces) = self else {
            return None;
        };
        let mut bytes = Vec::new();
        for piece in pieces {
            match piece {
                FormPiece::Text(text) => bytes.extend_from_slice(text),
                FormPiece::Parameter => bytes.extend_from_slice(value),
                FormPiece::BuiltIn(_) => return None,
            }
        }
        Some(bytes)
    }
}

impl Word {
    /// The canonical form, taken apart.
    ///
    /// # Errors
    /// The mistakes of the form: none for a word of a spec that the loader built.
    pub fn canonical_form(&self) -> Result<Form, Vec<Diagnostic>> {
        Form::parse(&self.canonical, &self.takes)
    }

    /// The accepted forms, taken apart, the canonical one not included.
    ///
    /// # Errors
    /// The mistakes of the first wrong form: none for a word of a spec that the loader built.
    pub fn accepted_forms(&self) -> Result<Vec<Form>, Vec<Diagnostic>> {
        self.forms(&self.accepted)
    }

    /// The rejected forms, taken apart.
    ///
    /// # Errors
    /// The mistakes of the first wrong form: none for a word of a spec that the loader built.
    pub fn rejected_forms(&self) -> Result<Vec<Form>, Vec<Diagnostic>> {
        self.forms(&self.rejected)
    }

    fn forms(&self, texts: &[String]) -> Result<Vec<Form>, Vec<Diagnostic>> {
        texts
            .iter()
            .map(|text| Form::parse(text, &self.takes))
            .collect()
    }
}

/// The source between the slashes, when the text is written as a regex.
pub(crate) fn regex_source(text: &str) -> Option<&str> {
    text.strip_prefix('/')?.strip_suffix('/')
}

/// The next `{name` in the text, behind the cursor, which moves past it.
pub(crate) fn name_span(text: &str, cursor: &mut usize, name: &str) -> Span {
    let wanted = format!("{{{name}");
    let from = text.get(*cursor..).unwrap_or_default();
    let Some(at) = from.match_indices(&wanted).find_map(|(at, _)| {
        let after = from[at + wanted.len()..].chars().next();
        matches!(after, Some('}' | ':')).then_some(at)
    }) else {
        return Span {
            start: (*cursor).min(text.len()),
            end: text.len(),
        };
    };
    let start = *cursor + at;
    let inside = start + wanted.len();
    let end = text[inside..]
        .find('}')
        .map_or(text.len(), |at| inside + at + 1);
    *cursor = end;
    Span { start, end }
}

/// The source cut at `{parameter}`, each piece with the length it has in the source.
fn regex_pieces(source: &str, takes: &[String]) -> Vec<(usize, RegexPiece)> {
    let mut pieces = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    let bytes = source.as_bytes();
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            // The braces of `\p{Greek}`, `\x{41}` and their like belong to the escape.
            let braces = matches!(
                bytes.get(at + 1),
                Some(b'p' | b'P' | b'x' | b'u' | b'U' | b'b')
            ) && bytes.get(at + 2) == Some(&b'{');
            at += if braces {
                source[at..].find('}').map_or(2, |end| end + 1)
            } else {
                1 + source[at + 1..].chars().next().map_or(0, char::len_utf8)
            };
            continue;
        }
        let parameter = takes.iter().find(|name| {
            source[at..]
                .strip_prefix('{')
                .and_then(|rest| rest.strip_prefix(name.as_str()))
                .is_some_and(|rest| rest.starts_with('}'))
        });
        if let Some(name) = parameter {
            if plain < at {
                let text = source[plain..at].to_owned();
                pieces.push((at - plain, RegexPiece::Source(text)));
            }
            pieces.push((name.len() + 2, RegexPiece::Parameter));
            at += name.len() + 2;
            plain = at;
        } else {
            at += source[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    if plain < source.len() || pieces.is_empty() {
        let text = source[plain..].to_owned();
        pieces.push((source.len() - plain, RegexPiece::Source(text)));
    }
    pieces
}
