//! A pattern of the notation, ready to be held against an answer.
//!
//! Each pattern has two readings: *canonical*, what the reference server says, and *accepted*, what a
//! lenient grade takes as well.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use regex::bytes::{Regex, RegexBuilder};
use sockspec_spec::dialogue::{Pattern, PatternPiece};
use sockspec_spec::model::{Spec, Word};
use sockspec_spec::vocabulary::parse_count;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::casing::{self, Mapping};
use crate::chargen;
use crate::moment;
use crate::style::Dialect;

/// What captures took so far, by name.
pub type Captures = BTreeMap<String, Vec<u8>>;

/// Values of one row, by column.
pub type Row = BTreeMap<String, Vec<u8>>;

/// What an answer is compared with besides the pattern.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Captures bound by earlier answers.
    pub captures: &'a Captures,
    /// The target's dialect; `None` while it is not known, so either is right.
    pub dialect: Option<Dialect>,
    /// Wall clock when the answer came, microseconds since the Unix epoch.
    pub now_us: i64,
}

/// A right answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Whether it is what the reference server says.
    pub canonical: bool,
    /// Captures that it binds.
    pub captures: Captures,
    /// How many bytes it takes.
    pub length: usize,
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Matcher {
    pieces: Vec<Piece>,
    /// The pattern in the notation, for people.
    pub shown: String,
    cache: Mutex<Option<(Key, Arc<Readings>)>>,
}

#[derive(Debug)]
enum Piece {
    Literal(Vec<u8>),
    Regex(String),
    Kind {
        regex: &'static str,
        capture: Option<String>,
    },
    Moment {
        capture: Option<String>,
        after: Option<String>,
        read: fn(&[u8], i64) -> Option<f64>,
        form: fn(&[u8]) -> bool,
        length: Option<usize>,
    },
    /// So many printable characters.
    Printable {
        least: usize,
        most: usize,
    },
    Mapped {
        mapping: Mapping,
        text: Argument,
        by_dialect: bool,
    },
    Word {
        word: Word,
        value: Argument,
    },
    Captured(String),
}

/// What a piece is given: bytes that the spec fixes, or those that a capture will hold.
#[derive(Debug)]
enum Argument {
    Bytes(Vec<u8>),
    Captured(String),
}

impl Argument {
    fn bytes<'a>(&'a self, captures: &'a Captures) -> &'a [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Captured(name) => captures.get(name).map_or(b"", |bytes| bytes),
        }
    }
}

/// What the regexes of a pattern depend on: the dialect, and whether the whole message must fit.
type Key = (Option<Dialect>, bool);

/// The two regexes of a pattern, and what must hold besides.
#[derive(Debug)]
struct Readings {
    canonical: Regex,
    accepted: Regex,
    rejected: Vec<Regex>,
    fold: bool,
}

const ANY: &str = r"(?s-u:.)*";
/// How long the time of RFC 868 is, in bytes.
const TIME32_BYTES: usize = 4;

/// The built-in kinds that are a plain regex.
fn kind(name: &str) -> Option<&'static str> {
    Some(match name {
        "any" => ANY,
        "line" => r"(?s-u:.)+",
        "int" => r"[+-]?[0-9]+",
        "number" => r"[+-]?[0-9]+(?:[.,][0-9]+)?",
        "word" => r"[\p{L}\p{N}_-]+",
        "hex" => r"[0-9A-Fa-f]+",
        _ => return None,
    })
}

impl Matcher {
    /// Compiles a validated pattern with the vocabulary of `spec` and the values of `row`.
    pub fn new(pattern: &Pattern, spec: &Spec, row: &Row) -> Self {
        let shown = sockspec_spec::dialogue::print_pattern(pattern);
        let pieces = pattern
            .0
            .iter()
            .map(|piece| Piece::new(piece, spec, row))
            .collect();
        Matcher {
            pieces,
            shown,
            cache: Mutex::default(),
        }
    }

    /// Whether what fits depends on what an earlier answer bound.
    pub fn needs_captures(&self) -> bool {
        self.pieces.iter().any(Piece::needs_captures)
    }

    /// A pattern that takes any message.
    pub fn any() -> Self {
        Self::of_kind(ANY, "{any}")
    }

    /// A pattern that takes any message that is not empty.
    pub fn some() -> Self {
        Self::of_kind(r"(?s-u:.)+", "{line}")
    }

    fn of_kind(regex: &'static str, shown: &str) -> Self {
        Matcher {
            pieces: vec![Piece::Kind {
                regex,
                capture: None,
            }],
            shown: shown.to_owned(),
            cache: Mutex::default(),
        }
    }

    /// Whether `message` as a whole is right.
    pub fn whole(&self, message: &[u8], context: Context<'_>) -> Option<Found> {
        self.find(message, context, true)
    }

    /// Whether `stream` begins with something right.
    pub fn prefix(&self, stream: &[u8], context: Context<'_>) -> Option<Found> {
        self.find(stream, context, false)
    }

    /// Whether it holds a moment: what has come is right or wrong as a whole, and no beginning of more.
    pub fn has_moment(&self) -> bool {
        let is_moment = |piece: &Piece| matches!(piece, Piece::Moment { .. });
        self.pieces.iter().any(is_moment)
    }

    /// What the pattern's only word is given: in an exercise that sends a question back in words of its own, the
    /// question.
    pub fn value<'a>(&'a self, context: Context<'a>) -> Option<&'a [u8]> {
        match &self.pieces[..] {
            [Piece::Word { value, .. }] => {
                Some(value.bytes(context.captures)).filter(|value| !value.is_empty())
            }
            _ => None,
        }
    }

    /// From how many bytes on it is decided whether a stream begins rightly, where that is known.
    pub fn decided_at(&self, context: Context<'_>) -> Option<usize> {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Literal(bytes) => Some(bytes.len()),
                Piece::Captured(name) => context.captures.get(name).map(Vec::len),
                Piece::Moment { length, .. } => *length,
                Piece::Printable { least, .. } => Some(*least),
                _ => None,
            })
            .sum()
    }

    /// The canonical text, where it is one exact text: what a reader expects to see.
    pub fn example(&self, context: Context<'_>) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(bytes) => text.extend_from_slice(bytes),
                Piece::Captured(name) => text.extend_from_slice(context.captures.get(name)?),
                Piece::Mapped {
                    mapping, text: of, ..
                } => {
                    let dialect = context.dialect.unwrap_or(Dialect::Unicode);
                    text.extend(casing::canonical(
                        of.bytes(context.captures),
                        *mapping,
                        dialect,
                    ));
                }
                Piece::Word { word, value } => {
                    if word.canonical.starts_with('/') || has_built_in(&word.canonical) {
                        return None;
                    }
                    let value = String::from_utf8_lossy(value.bytes(context.captures));
                    text.extend_from_slice(with_value(&word.canonical, &value).as_bytes());
                }
                _ => return None,
            }
        }
        Some(text)
    }

    fn find(&self, bytes: &[u8], context: Context<'_>, whole: bool) -> Option<Found> {
        let readings = self.readings(context, whole)?;
        let folded;
        let accents_dropped = if readings.fold {
            folded = without_accents(bytes);
            &folded[..]
        } else {
            bytes
        };
        for (regex, text, canonical) in [
            (&readings.canonical, bytes, true),
            (&readings.accepted, accents_dropped, false),
        ] {
            let Some(groups) = regex.captures(text) else {
                continue;
            };
            let length = groups.get(0).map_or(0, |all| all.end());
            if !canonical
                && readings
                    .rejected
                    .iter()
                    .any(|no| no.is_match(&text[..length]))
            {
                continue;
            }
            let mut found = Found {
                canonical,
                captures: Captures::new(),
                length,
            };
            if self.bind(&groups, context, whole, &mut found) {
                return Some(found);
            }
        }
        None
    }

    /// Takes the captures, and checks what a regex cannot: `false` when a moment is not now, or
    /// characters are not printable.
    fn bind(
        &self,
        groups: &regex::bytes::Captures<'_>,
        context: Context<'_>,
        whole: bool,
        found: &mut Found,
    ) -> bool {
        for (at, piece) in self.pieces.iter().enumerate() {
            let group = || groups.name(&format!("p{at}")).map(|group| group.as_bytes());
            match piece {
                Piece::Kind {
                    capture: Some(name),
                    ..
                } => {
                    found
                        .captures
                        .insert(name.clone(), group().unwrap_or_default().to_vec());
                }
                Piece::Moment {
                    capture,
                    after,
                    read,
                    form,
                    length: _,
                } => {
                    let text = group().unwrap_or_default();
                    let Some(moment) = read(text, context.now_us) else {
                        return false;
                    };
                    found.canonical &= form(text);
                    let earlier = after
                        .as_ref()
                        .and_then(|name| context.captures.get(name))
                        .and_then(|bytes| String::from_utf8_lossy(bytes).parse::<f64>().ok());
                    if earlier.is_some_and(|earlier| moment <= earlier) {
                        return false;
                    }
                    if let Some(name) = capture {
                        found
                            .captures
                            .insert(name.clone(), moment.to_string().into_bytes());
                    }
                }
                Piece::Printable { least, most } => {
                    let text = group().unwrap_or_default();
                    let taken = text.len().min(*most);
                    let surplus = text.len() - taken;
                    let is_last = at + 1 == self.pieces.len();
                    if text.len() < *least || (surplus > 0 && (whole || !is_last)) {
                        return false;
                    }
                    if !chargen::is_printable(&text[..taken]) {
                        return false;
                    }
                    found.length -= surplus;
                    found.canonical &= chargen::rotates(&text[..taken]);
                }
                _ => {}
            }
        }
        true
    }

    fn readings(&self, context: Context<'_>, whole: bool) -> Option<Arc<Readings>> {
        let dynamic = self.needs_captures();
        let mut cache = self
            .cache
            .lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner());
        if !dynamic
            && let Some((key, readings)) = &*cache
            && *key == (context.dialect, whole)
        {
            return Some(Arc::clone(readings));
        }
        // A pattern that does not compile was refused when the spec was loaded; a capture that makes
        // it too large simply does not match.
        let readings = Arc::new(self.compile(context, whole)?);
        *cache = Some(((context.dialect, whole), Arc::clone(&readings)));
        Some(readings)
    }

    fn compile(&self, context: Context<'_>, whole: bool) -> Option<Readings> {
        let (mut canonical, mut accepted) = (String::from("^(?:"), String::from("^(?:"));
        let mut rejected = Vec::new();
        let mut fold = false;
        for (at, piece) in self.pieces.iter().enumerate() {
            canonical.push_str(&format!("(?P<p{at}>{})", piece.regex(context, true)));
            accepted.push_str(&format!("(?P<p{at}>{})", piece.regex(context, false)));
            if let Piece::Word { word, value } = piece {
                fold |= word.fold;
                let value = value.bytes(context.captures);
                for form in &word.rejected {
                    rejected.push(build(&form_regex(form, value, word.fold), word.fold)?);
                }
            }
        }
        // Without the anchor the first alternative that fits would win, though a longer one fits all.
        let end = if whole { r")\z" } else { ")" };
        canonical.push_str(end);
        accepted.push_str(end);
        Some(Readings {
            canonical: build(&canonical, false)?,
            accepted: build(&accepted, fold)?,
            rejected,
            fold,
        })
    }
}

/// Longest source of a regex that is kept, in bytes, and how many are: a search plays the same few
/// patterns in thousands of cases, and to compile one takes longer than to play it.
const MAX_KEPT_BYTES: usize = 4096;
const MAX_KEPT: usize = 512;

fn build(pattern: &str, any_case: bool) -> Option<Regex> {
    thread_local! {
        static KEPT: RefCell<BTreeMap<(String, bool), Regex>> = const { RefCell::new(BTreeMap::new()) };
    }
    let key = (pattern.to_owned(), any_case);
    if let Some(known) = KEPT.with_borrow(|kept| kept.get(&key).cloned()) {
        return Some(known);
    }
    let built = RegexBuilder::new(pattern)
        .case_insensitive(any_case)
        .size_limit(64 << 20)
        .build()
        .ok()?;
    if pattern.len() <= MAX_KEPT_BYTES {
        KEPT.with_borrow_mut(|kept| {
            if kept.len() == MAX_KEPT {
                kept.clear();
            }
            kept.insert(key, built.clone());
        });
    }
    Some(built)
}

impl Piece {
    fn new(piece: &PatternPiece, spec: &Spec, row: &Row) -> Self {
        let (name, argument) = match piece {
            PatternPiece::Literal(bytes) => return Piece::Literal(bytes.clone()),
            PatternPiece::Regex(source) => return Piece::Regex(source.clone()),
            PatternPiece::Name { name, argument } => (name.as_str(), argument.as_deref()),
        };
        // What is no column of the rows is a capture: the loader has looked.
        let value = || match argument.and_then(|text| text.strip_prefix('$')) {
            Some(name) => match row.get(name) {
                Some(bytes) => Argument::Bytes(bytes.clone()),
                None => Argument::Captured(name.to_owned()),
            },
            None => Argument::Bytes(argument.unwrap_or_default().as_bytes().to_vec()),
        };
        if let Some(word) = spec.vocabulary.get(name) {
            return Piece::Word {
                word: word.clone(),
                value: value(),
            };
        }
        let capture = argument.map(str::to_owned);
        match name {
            "timestamp" => Piece::Moment {
                capture,
                after: None,
                read: moment::near,
                form: moment::is_unix_time,
                length: None,
            },
            "date" => Piece::Moment {
                capture,
                after: None,
                read: moment::near,
                form: moment::is_iso,
                length: None,
            },
            "time32" => Piece::Moment {
                capture,
                after: None,
                read: moment::time32,
                form: |_| true,
                length: Some(TIME32_BYTES),
            },
            "later" => {
                let after = capture.map(|name| name.trim_start_matches('$').to_owned());
                Piece::Moment {
                    capture: None,
                    after,
                    // No text of four bytes is a date and a time: nothing is both.
                    read: |text, now| moment::near(text, now).or_else(|| moment::time32(text, now)),
                    form: |text| {
                        text.len() == TIME32_BYTES
                            || moment::is_unix_time(text)
                            || moment::is_iso(text)
                    },
                    length: None,
                }
            }
            "chargen" => {
                let value = value();
                let text = String::from_utf8_lossy(value.bytes(&Captures::new())).into_owned();
                // A value that is no count fits nothing.
                let (least, most) = parse_count(&text).unwrap_or((usize::MAX, usize::MAX));
                Piece::Printable { least, most }
            }
            "upper" | "lower" => Piece::Mapped {
                mapping: if name == "upper" {
                    Mapping::Upper
                } else {
                    Mapping::Lower
                },
                text: value(),
                by_dialect: spec.echo == sockspec_spec::model::Echo::Upper,
            },
            _ => match (kind(name), row.get(name)) {
                (Some(regex), _) => Piece::Kind { regex, capture },
                (None, Some(bytes)) => Piece::Literal(bytes.clone()),
                (None, None) => Piece::Captured(name.to_owned()),
            },
        }
    }

    /// Whether what it fits changes with what was captured.
    fn needs_captures(&self) -> bool {
        matches!(
            self,
            Piece::Captured(_)
                | Piece::Moment { after: Some(_), .. }
                | Piece::Mapped {
                    text: Argument::Captured(_),
                    ..
                }
                | Piece::Word {
                    value: Argument::Captured(_),
                    ..
                }
        )
    }

    fn regex(&self, context: Context<'_>, canonical: bool) -> String {
        match self {
            Piece::Literal(bytes) => exactly(bytes),
            Piece::Regex(source) => source.clone(),
            Piece::Kind { regex, .. } => (*regex).to_owned(),
            Piece::Moment {
                length: Some(length),
                ..
            } => format!("(?s-u:.){{{length}}}"),
            Piece::Moment { .. } | Piece::Printable { .. } => ANY.to_owned(),
            Piece::Captured(name) => exactly(context.captures.get(name).map_or(b"", |b| &b[..])),
            Piece::Mapped {
                mapping,
                text,
                by_dialect,
            } => {
                let both = [Dialect::Unicode, Dialect::Ascii];
                let dialects: &[Dialect] = match (by_dialect, &context.dialect) {
                    (false, _) => &both[..1],
                    (true, Some(dialect)) => std::slice::from_ref(dialect),
                    (true, None) => &both,
                };
                let text = text.bytes(context.captures);
                let forms: Vec<String> = dialects
                    .iter()
                    .map(|dialect| match canonical {
                        true => exactly(&casing::canonical(text, *mapping, *dialect)),
                        false => casing::accepted(text, *mapping, *dialect),
                    })
                    .collect();
                forms.join("|")
            }
            Piece::Word { word, value } if canonical => {
                form_regex(&word.canonical, value.bytes(context.captures), false)
            }
            Piece::Word { word, value } => {
                let value = value.bytes(context.captures);
                let forms: Vec<String> = std::iter::once(&word.canonical)
                    .chain(&word.accepted)
                    .map(|form| format!("(?:{})", form_regex(form, value, word.fold)))
                    .collect();
                forms.join("|")
            }
        }
    }
}

fn exactly(bytes: &[u8]) -> String {
    let mut pattern = String::new();
    casing::push_bytes(&mut pattern, bytes);
    pattern
}

/// One form of the vocabulary as a regex: `/regex/` with `{v}`, or literal text with `{v}` and kinds.
fn form_regex(form: &str, value: &[u8], fold: bool) -> String {
    let value = if fold {
        without_accents(value)
    } else {
        value.to_vec()
    };
    if let Some(source) = form
        .strip_prefix('/')
        .and_then(|rest| rest.strip_suffix('/'))
    {
        return source.replace("{v}", &exactly(&value));
    }
    let form = if fold {
        String::from_utf8_lossy(&without_accents(form.as_bytes())).into_owned()
    } else {
        form.to_owned()
    };
    let mut pattern = String::new();
    let mut rest = &form[..];
    while let Some(open) = rest.find('{') {
        pattern.push_str(&regex::escape(&rest[..open]));
        rest = &rest[open..];
        let close = rest.find('}').map_or(rest.len(), |at| at + 1);
        match rest[..close].trim_matches(['{', '}']) {
            "v" => pattern.push_str(&exactly(&value)),
            "timestamp" | "date" => pattern.push_str(ANY),
            "time32" => pattern.push_str(&format!("(?s-u:.){{{TIME32_BYTES}}}")),
            name => match kind(name) {
                Some(regex) => pattern.push_str(regex),
                None => pattern.push_str(&regex::escape(&rest[..close])),
            },
        }
        rest = &rest[close..];
    }
    pattern.push_str(&regex::escape(rest));
    pattern
}

fn has_built_in(form: &str) -> bool {
    with_value(form, "").contains('{')
}

fn with_value(form: &str, value: &str) -> String {
    form.replace("{v}", value)
}

/// The text without its accents; bytes that are not UTF-8 stay.
fn without_accents(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let text: String = chunk
            .valid()
            .nfd()
            .filter(|c| !is_combining_mark(*c))
            .collect();
        plain.extend_from_slice(text.as_bytes());
        plain.extend_from_slice(chunk.invalid());
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn pattern(text: &str, words: &[(&str, Word)]) -> Matcher {
        let dialogue = sockspec_spec::dialogue::parse(&format!("S~ {text}")).unwrap();
        let step = dialogue.steps().next().unwrap().clone();
        let sockspec_spec::dialogue::Act::Pattern(Pattern(pieces)) = step.act else {
            panic!("no pattern")
        };
        let spec = crate::fixture::spec(words);
        let pieces = pieces
            .iter()
            .map(|piece| Piece::new(piece, &spec, &Row::new()))
            .collect();
        Matcher {
            pieces,
            shown: text.to_owned(),
            cache: Mutex::default(),
        }
    }

    fn found() -> Word {
        Word {
            canonical: "GAGNE".to_owned(),
            accepted: vec!["/.*(gagn|bravo).*/".to_owned()],
            rejected: vec!["/perdu/".to_owned()],
            fold: true,
            ..Word::default()
        }
    }

    #[rstest]
    #[case::canonical("GAGNE", Some(true))]
    #[case::longer_than_the_canonical_form("Gagné en 7 essais", Some(false))]
    #[case::rejected("Pas gagné, perdu", None)]
    #[case::other("encore", None)]
    fn a_word_fits_the_whole_message(#[case] text: &str, #[case] canonical: Option<bool>) {
        let captures = Captures::new();
        let context = Context {
            captures: &captures,
            dialect: None,
            now_us: 0,
        };
        let matcher = pattern("{found}", &[("found", found())]);
        assert_eq!(
            matcher
                .whole(text.as_bytes(), context)
                .map(|found| found.canonical),
            canonical
        );
    }

    #[test]
    fn a_capture_is_kept_and_used() {
        let mut captures = Captures::new();
        let context = Context {
            captures: &captures,
            dialect: None,
            now_us: 0,
        };
        let first = pattern("MYSTERE {int:n} {int:k}", &[])
            .whole(b"MYSTERE 100 7", context)
            .unwrap();
        assert_eq!(first.captures["n"], b"100");
        captures = first.captures;
        let context = Context {
            captures: &captures,
            dialect: None,
            now_us: 0,
        };
        assert!(pattern("{n}!", &[]).whole(b"100!", context).is_some());
        assert!(pattern("{n}!", &[]).whole(b"10!", context).is_none());
        let word = Word {
            canonical: "OK {v}".to_owned(),
            ..Word::default()
        };
        let matcher = pattern("{value:$n}", &[("value", word)]);
        assert!(matcher.whole(b"OK 100", context).is_some());
        assert!(matcher.whole(b"OK 10", context).is_none());
        assert!(matcher.whole(b"OK ", context).is_none());
        assert!(pattern("{upper:$n}", &[]).whole(b"100", context).is_some());
    }
}
