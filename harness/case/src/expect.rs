//! One expectation held against what has come so far.
//!
//! The answer depends on the bytes and on how the stream ended, never on how the bytes were cut.

use std::ops::Range;
use std::sync::Arc;

use sockspec_spec::model::Framing;

use crate::diagnosis::Finding;
use crate::http::{self, Asked, Reading};
use crate::pattern::{Captures, Context, Found, Matcher};
use crate::style::{AnswerEnd, Style};
use crate::unit::{self, Ended, Unit};

/// How far into a chunk of unknown style an answer is looked for, in bytes: no frame is longer, and a
/// hostile target must not make the search long.
const LONGEST_PREFIX: usize = 256;

/// From this length on an expected text is compared piece by piece while it comes, in bytes.
const LONG_BYTES: usize = 128 << 10;

/// The longest datagram of UDP over IPv4, in bytes: 65,535 without the headers of IP and UDP.
const MAX_DATAGRAM: usize = 65_507;

/// What should come.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// This text as one message, with the framing's terminator.
    Text(Vec<u8>),
    /// These bytes, no terminator.
    Bytes(Vec<u8>),
    /// One message that fits; the first pattern that does is named by its index.
    Patterns(Vec<Arc<Matcher>>),
    /// One HTTP response in a stream, whatever it says.
    Http(Asked),
    /// These bytes, terminator and all: what the target itself answered before. Runs of digits are
    /// free when the flag is set (the target's answers carry a clock or a counter).
    Learnt(Vec<u8>),
}

/// What has come, and how it may be read.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Bytes not yet taken by an earlier expectation; for datagrams, the next datagram.
    pub bytes: &'a [u8],
    /// How the stream ended, if it did. A datagram has always ended.
    pub ended: Option<Ended>,
    /// The target's style.
    pub style: &'a Style,
    /// The exercise's framing.
    pub framing: Framing,
    /// The bytes that the answer, a line, announces; none when no such follow.
    pub body: Option<&'a [u8]>,
    /// What patterns are compared with.
    pub context: Context<'a>,
}

/// How an expectation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It agrees so far; more must come.
    More,
    /// It is met.
    Met(Met),
    /// It cannot be met.
    Wrong {
        /// What was seen.
        finding: Finding,
        /// The bytes that were taken as the answer.
        actual: Vec<u8>,
    },
}

/// An expectation met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// Bytes taken from the stream.
    pub consumed: usize,
    /// The answer without prompt and line end.
    pub content: Vec<u8>,
    /// Whether the reference server would have said the same.
    pub canonical: bool,
    /// Which pattern fitted (0-based).
    pub which: usize,
    /// What it bound.
    pub captures: Captures,
}

impl Expectation {
    /// Holds the expectation against what has come.
    pub fn check(&self, seen: Seen<'_>) -> Progress {
        if seen.style.discovering {
            return self.check_chunk(seen);
        }
        if let Expectation::Learnt(bytes) = self {
            return exact_prefix(seen, std::slice::from_ref(bytes));
        }
        match (seen.framing, self) {
            _ if self.is_under_way(seen) => Progress::More,
            // Among lines, bytes have no end of their own: the line before announced how many.
            (Framing::Lines, Expectation::Bytes(bytes)) => {
                exact_prefix(seen, std::slice::from_ref(bytes))
            }
            (Framing::Lines, _) => self.check_line(seen),
            (Framing::Bytes, _) => self.check_stream(seen),
            (Framing::Datagram, _) => self.check_datagram(seen),
            (Framing::Recv, _) => self.check_recv(seen),
        }
    }

    /// The exact text that is expected, where there is one: what a reader is shown.
    pub fn example(&self, context: Context<'_>) -> Option<Vec<u8>> {
        match self {
            Expectation::Text(bytes) | Expectation::Bytes(bytes) | Expectation::Learnt(bytes) => {
                Some(bytes.clone())
            }
            Expectation::Patterns(patterns) => match &patterns[..] {
                [only] => only.example(context),
                _ => None,
            },
            Expectation::Http(_) => None,
        }
    }

    /// Whether the answer, with the words that the target puts around it, is longer than any datagram: none can come.
    pub fn fits_no_datagram(&self, seen: Seen<'_>) -> bool {
        let around = seen.style.prefix.len() + seen.style.suffix.len();
        let end = usize::from(seen.style.answer_end != AnswerEnd::Nothing);
        let answer = self.example(seen.context).map_or(0, |text| text.len());
        answer <= MAX_DATAGRAM && answer + around + end > MAX_DATAGRAM
    }

    /// The same as the target says it, where the control has shown its words around a question.
    pub fn in_words(
        &self,
        style: &Style,
        framing: Framing,
        context: Context<'_>,
    ) -> Option<Vec<u8>> {
        match self {
            Expectation::Patterns(patterns) if framing == Framing::Recv && has_words(style) => {
                let value = patterns.first().and_then(|one| one.value(context));
                match value {
                    Some(value) => Some([&style.prefix[..], value, &style.suffix].concat()),
                    None => self.example(context),
                }
            }
            _ => self.example(context),
        }
    }

    /// Whether what is right depends on an earlier answer.
    pub fn needs_captures(&self) -> bool {
        match self {
            Expectation::Patterns(patterns) => patterns.iter().any(|one| one.needs_captures()),
            Expectation::Text(_)
            | Expectation::Bytes(_)
            | Expectation::Http(_)
            | Expectation::Learnt(_) => false,
        }
    }

    /// The expectation in the notation, where it is a pattern.
    pub fn shown(&self) -> Option<String> {
        match self {
            Expectation::Patterns(patterns) => {
                let shown: Vec<&str> = patterns.iter().map(|one| one.shown.as_str()).collect();
                Some(shown.join("  |  "))
            }
            Expectation::Http(_) => Some("HTTP/1.1 {int} {any}".to_owned()),
            _ => None,
        }
    }

    /// Whether `content` is right, and how.
    fn fits(&self, content: &[u8], seen: Seen<'_>) -> Option<(usize, Found)> {
        let whole = self.fits_whole(content, seen);
        if whole.is_some() || seen.style.answer_lines <= 1 {
            return whole;
        }
        // The target says more lines than one, as its control answers do: one of them counts.
        content.split(|byte| *byte == b'\n').find_map(|line| {
            let (which, found) = self.fits_whole(line.trim_ascii_end(), seen)?;
            Some((
                which,
                Found {
                    canonical: false,
                    ..found
                },
            ))
        })
    }

    fn fits_whole(&self, content: &[u8], seen: Seen<'_>) -> Option<(usize, Found)> {
        let style = seen.style;
        let unframed = content
            .strip_prefix(&style.prefix[..])
            .and_then(|rest| rest.strip_suffix(&style.suffix[..]))
            .filter(|_| !(style.prefix.is_empty() && style.suffix.is_empty()));
        match self {
            Expectation::Text(text) | Expectation::Bytes(text) | Expectation::Learnt(text) => {
                let plain = content == text;
                (plain || unframed == Some(text)).then(|| {
                    let found = Found {
                        canonical: plain,
                        length: content.len(),
                        ..Found::default()
                    };
                    (0, found)
                })
            }
            Expectation::Patterns(patterns) => patterns.iter().enumerate().find_map(|(at, one)| {
                let framed = || {
                    let found = one.whole(unframed?, seen.context)?;
                    Some(Found {
                        canonical: false,
                        ..found
                    })
                };
                one.whole(content, seen.context)
                    .or_else(framed)
                    .map(|found| (at, found))
            }),
            Expectation::Http(_) => None,
        }
    }

    /// While the style is not known: takes all that came, if the answer stands anywhere in it.
    fn check_chunk(&self, seen: Seen<'_>) -> Progress {
        if seen.ended.is_none() {
            return Progress::More;
        }
        if seen.bytes.is_empty() {
            // An empty datagram may be the answer.
            return match self.fits(b"", seen) {
                Some(_) if seen.framing == Framing::Datagram => Progress::Met(Met {
                    canonical: true,
                    ..Met::default()
                }),
                _ => nothing(seen.ended),
            };
        }
        match self.core(seen) {
            Some((core, which, found)) => Progress::Met(Met {
                consumed: match seen.body {
                    Some(body) => start_of_body(seen.bytes, core.end, body),
                    None => seen.bytes.len(),
                },
                content: seen.bytes[core].to_vec(),
                canonical: found.canonical,
                which,
                captures: found.captures,
            }),
            None => Progress::Wrong {
                finding: Finding::Mismatch,
                actual: seen.bytes.to_vec(),
            },
        }
    }

    /// Where the expected answer stands in a chunk of unknown style.
    pub fn core(&self, seen: Seen<'_>) -> Option<(Range<usize>, usize, Found)> {
        let chunk = seen.bytes;
        if let Expectation::Text(text) | Expectation::Bytes(text) | Expectation::Learnt(text) = self
        {
            // What a line has announced begins right behind it.
            let is_body = seen.framing == Framing::Lines && matches!(self, Expectation::Bytes(_));
            let last = chunk.len().checked_sub(text.len())?;
            let at =
                (0..=if is_body { 0 } else { last }).find(|at| chunk[*at..].starts_with(text))?;
            let found = Found {
                canonical: true,
                length: text.len(),
                ..Found::default()
            };
            return Some((at..at + text.len(), 0, found));
        }
        // In a stream or a datagram an answer may hold line ends of its own.
        if seen.framing != Framing::Lines {
            let Expectation::Patterns(patterns) = self else {
                return None;
            };
            return (0..chunk.len().min(LONGEST_PREFIX)).find_map(|at| {
                let rest = &chunk[at..];
                patterns.iter().enumerate().find_map(|(which, one)| {
                    let found = one.prefix(rest, seen.context)?;
                    let whole = at..at + found.length;
                    let core = match seen.framing {
                        Framing::Recv => one
                            .value(seen.context)
                            .and_then(|value| place(value, rest, at)),
                        _ => None,
                    };
                    Some((core.unwrap_or(whole), which, found))
                })
            });
        }
        let mut start = 0;
        let mut lines = Vec::new();
        for line in chunk.split_inclusive(|byte| matches!(byte, b'\n' | 0)) {
            let content = line
                .trim_ascii_end()
                .strip_suffix(b"\0")
                .unwrap_or(line.trim_ascii_end());
            // Spaces before the line end belong to the line: only the end itself is taken off.
            let end = line
                .iter()
                .rposition(|b| !matches!(b, b'\r' | b'\n' | 0))
                .map_or(0, |at| at + 1);
            if !content.is_empty() {
                lines.push(start..start + end);
            }
            start += line.len();
        }
        lines
            .into_iter()
            .find_map(|line| {
                let (which, found) = self.fits(&chunk[line.clone()], seen)?;
                Some((line, which, found))
            })
            .or_else(|| {
                let (which, found) = self.fits(chunk, seen)?;
                Some((0..chunk.len(), which, found))
            })
    }

    fn check_line(&self, seen: Seen<'_>) -> Progress {
        if seen.style.answer_end == AnswerEnd::Nothing
            && let Some(met) = self.undelimited(seen)
        {
            return met;
        }
        let (content, consumed, terminated, plain) =
            match unit::next(seen.style, seen.bytes, seen.ended) {
                Unit::More => return Progress::More,
                // Where nothing ends an answer, an empty answer cannot be seen.
                Unit::Nothing
                    if seen.style.answer_end == AnswerEnd::Nothing
                        && matches!(seen.ended, Some(Ended::Quiet(_)))
                        && self.fits(b"", seen).is_some() =>
                {
                    return Progress::Met(Met::default());
                }
                Unit::Nothing => return nothing(seen.ended),
                Unit::Found {
                    content,
                    consumed,
                    terminated,
                    plain,
                } => (&seen.bytes[content], consumed, terminated, plain),
            };
        let fits = self.fits(content, seen);
        let quiet = matches!(seen.ended, Some(Ended::Quiet(_)));
        if !terminated && quiet && seen.style.answer_end != AnswerEnd::Nothing {
            let finding = match fits {
                Some(_) => Finding::NoNewline,
                None => Finding::Incomplete {
                    waited_ms: 0,
                    blocked: false,
                },
            };
            return Progress::Wrong {
                finding,
                actual: content.to_vec(),
            };
        }
        match fits {
            Some((which, found)) => Progress::Met(Met {
                consumed,
                content: content.to_vec(),
                canonical: found.canonical && plain,
                which,
                captures: found.captures,
            }),
            None if !terminated && !quiet => {
                let finding = end_finding(seen.ended);
                Progress::Wrong {
                    finding,
                    actual: content.to_vec(),
                }
            }
            None => Progress::Wrong {
                finding: Finding::Mismatch,
                actual: content.to_vec(),
            },
        }
    }

    /// Answers that nothing ends: an exact text is taken as soon as it has come.
    fn undelimited(&self, seen: Seen<'_>) -> Option<Progress> {
        let text = match self {
            Expectation::Text(text) => text,
            Expectation::Patterns(patterns) => match &patterns[..] {
                [only] if seen.ended.is_none() => &only.example(seen.context)?,
                _ => return None,
            },
            _ => return None,
        };
        let start = unit::skip_prompt(seen.style, seen.bytes, seen.ended)?;
        let rest = &seen.bytes[start..];
        let framed = [&seen.style.prefix[..], text, &seen.style.suffix].concat();
        let taken = [&framed, text]
            .into_iter()
            .find(|form| rest.starts_with(form))?;
        let consumed = start + taken.len();
        let content = text.clone();
        let met = Met {
            consumed,
            content,
            ..Met::default()
        };
        (!text.is_empty()).then_some(Progress::Met(met))
    }

    /// Whether a long text is under way and agrees as far as one looks: then nothing is decided yet,
    /// and the whole of it need not be compared again at each read.
    fn is_under_way(&self, seen: Seen<'_>) -> bool {
        let Expectation::Bytes(text) = self else {
            return false;
        };
        let length = seen.bytes.len();
        let from = length.saturating_sub(LONG_BYTES);
        seen.ended.is_none()
            && length > LONG_BYTES
            && length < text.len()
            && text[from..length] == seen.bytes[from..]
    }

    fn check_stream(&self, seen: Seen<'_>) -> Progress {
        let style = seen.style;
        let patterns = match self {
            Expectation::Text(text) => {
                return exact_prefix(seen, &framings(style, &[text, &b"\n"[..]].concat()));
            }
            Expectation::Bytes(text) | Expectation::Learnt(text) => {
                return exact_prefix(seen, &framings(style, text));
            }
            Expectation::Http(asked) => return check_http(seen, *asked),
            Expectation::Patterns(patterns) => patterns,
        };
        let starts: &[usize] = match seen.bytes.starts_with(&style.prefix) {
            true if !style.prefix.is_empty() => &[0, style.prefix.len()],
            _ => &[0],
        };
        for &start in starts {
            for (which, one) in patterns.iter().enumerate() {
                let Some(found) = one.prefix(&seen.bytes[start..], seen.context) else {
                    continue;
                };
                let end = start + found.length;
                let mut tail = style.suffix.clone();
                tail.extend(end_bytes(style));
                let framed = seen.bytes[end..].starts_with(&tail);
                if !framed && seen.ended.is_none() && tail.starts_with(&seen.bytes[end..]) {
                    return Progress::More;
                }
                let consumed = if framed { end + tail.len() } else { end };
                return Progress::Met(Met {
                    consumed,
                    content: seen.bytes[start..end].to_vec(),
                    canonical: found.canonical && start == 0 && (tail.is_empty() || !framed),
                    which,
                    captures: found.captures,
                });
            }
        }
        let needs = |one: &Arc<Matcher>| {
            let needed = one.decided_at(seen.context)?;
            Some(needed.saturating_add(style.prefix.len()))
        };
        let have = seen.bytes.len();
        // All of it has come, and is not right: more would change nothing.
        if !patterns.is_empty()
            && (patterns.iter()).all(|one| needs(one).is_some_and(|needed| have >= needed))
        {
            return Progress::Wrong {
                finding: Finding::Mismatch,
                actual: seen.bytes.to_vec(),
            };
        }
        match seen.ended {
            None => Progress::More,
            Some(_) if seen.bytes.is_empty() => nothing(seen.ended),
            Some(Ended::Quiet(_))
                if (patterns.iter()).all(|one| needs(one).is_some_and(|needed| have < needed)) =>
            {
                Progress::Wrong {
                    finding: Finding::Incomplete {
                        waited_ms: 0,
                        blocked: false,
                    },
                    actual: seen.bytes.to_vec(),
                }
            }
            Some(ended)
                if matches!(ended, Ended::Quiet(_))
                    || patterns.iter().any(|one| one.has_moment()) =>
            {
                Progress::Wrong {
                    finding: Finding::Mismatch,
                    actual: seen.bytes.to_vec(),
                }
            }
            Some(_) => Progress::Wrong {
                finding: end_finding(seen.ended),
                actual: seen.bytes.to_vec(),
            },
        }
    }

    /// Where one `recv` is one message: the words around a question that the control has shown, or all that comes
    /// until nothing more does.
    fn check_recv(&self, seen: Seen<'_>) -> Progress {
        let Expectation::Patterns(patterns) = self else {
            return self.check_stream(seen);
        };
        let style = seen.style;
        if let [only] = &patterns[..]
            && let Some(value) = only.value(seen.context)
            && has_words(style)
        {
            let [framed, _] = &framings(style, value)[..] else {
                return nothing(seen.ended);
            };
            let bare = &framed[..framed.len() - end_bytes(style).len()];
            let canonical = only.example(seen.context);
            return match exact_prefix(seen, &[framed.clone(), bare.to_vec()]) {
                Progress::Met(met) => Progress::Met(Met {
                    canonical: canonical.is_some_and(|text| text == met.content),
                    ..met
                }),
                other => other,
            };
        }
        let quiet = match seen.ended {
            None => return Progress::More,
            Some(ended) => matches!(ended, Ended::Quiet(_)),
        };
        match self.fits(seen.bytes, seen) {
            // Nothing at all is an answer only where the target has not left.
            Some((which, found)) if quiet || !seen.bytes.is_empty() => Progress::Met(Met {
                consumed: seen.bytes.len(),
                content: seen.bytes.to_vec(),
                canonical: found.canonical,
                which,
                captures: found.captures,
            }),
            _ if seen.bytes.is_empty() => nothing(seen.ended),
            _ => Progress::Wrong {
                finding: Finding::Mismatch,
                actual: seen.bytes.to_vec(),
            },
        }
    }

    fn check_datagram(&self, seen: Seen<'_>) -> Progress {
        let mut content = seen.bytes;
        let mut fits = self.fits(content, seen);
        // The end that the control's answers have (a newline, a NUL) is not part of the answer.
        if fits.is_none()
            && let Some(rest) = content.strip_suffix(&end_bytes(seen.style)[..])
            && rest.len() < content.len()
        {
            content = rest;
            let as_asked = seen.style.answer_end == AnswerEnd::Lf;
            fits = self.fits(content, seen).map(|(at, found)| {
                (
                    at,
                    Found {
                        canonical: found.canonical && as_asked,
                        ..found
                    },
                )
            });
        }
        match fits {
            Some((which, found)) => Progress::Met(Met {
                consumed: seen.bytes.len(),
                content: content.to_vec(),
                canonical: found.canonical,
                which,
                captures: found.captures,
            }),
            None => Progress::Wrong {
                finding: Finding::Mismatch,
                actual: seen.bytes.to_vec(),
            },
        }
    }
}

/// Where `body` begins behind a line that ends at `at` or later; where it is not to be found, behind
/// that line's LF.
fn start_of_body(bytes: &[u8], at: usize, body: &[u8]) -> usize {
    let rest = &bytes[at..];
    let found = (0..rest.len()).find(|start| !body.is_empty() && rest[*start..].starts_with(body));
    let line = || rest.iter().position(|byte| *byte == b'\n').map(|lf| lf + 1);
    at + found.or_else(line).unwrap_or(rest.len())
}

/// Whether the stream begins with an HTTP response.
fn check_http(seen: Seen<'_>, asked: Asked) -> Progress {
    let wrong = |finding| Progress::Wrong {
        finding,
        actual: seen.bytes.to_vec(),
    };
    match http::read(seen.bytes, seen.ended, asked) {
        Reading::More => Progress::More,
        Reading::Nothing => nothing(seen.ended),
        Reading::Whole(response) => Progress::Met(Met {
            consumed: response.consumed,
            content: seen.bytes[..response.consumed].to_vec(),
            canonical: response.is_canonical(),
            ..Met::default()
        }),
        Reading::Wrong(unreadable) => wrong(Finding::Http(unreadable)),
    }
}

/// The bytes that end an answer in streams without lines and in datagrams: nothing, in good style.
fn end_bytes(style: &Style) -> Vec<u8> {
    let end: &[u8] = match style.answer_end {
        AnswerEnd::Nothing => b"",
        AnswerEnd::Lf => b"\n",
        AnswerEnd::CrLf => b"\r\n",
        AnswerEnd::Nul => b"\0",
    };
    [end, &style.prompt].concat()
}

/// A text as it may stand in a stream: in the target's frame, or bare.
fn framings(style: &Style, text: &[u8]) -> Vec<Vec<u8>> {
    let framed = [&style.prefix[..], text, &style.suffix, &end_bytes(style)].concat();
    let bare = text.to_vec();
    if framed == bare {
        vec![bare]
    } else {
        vec![framed, bare]
    }
}

/// Whether the stream begins with one of `forms` (the first that fits is taken).
fn exact_prefix(seen: Seen<'_>, forms: &[Vec<u8>]) -> Progress {
    for (which, form) in forms.iter().enumerate() {
        if seen.bytes.starts_with(form) {
            return Progress::Met(Met {
                consumed: form.len(),
                content: form.clone(),
                canonical: which + 1 == forms.len(),
                which: 0,
                captures: Captures::new(),
            });
        }
        // The framed form is tried first: its last bytes may be under way.
        if seen.ended.is_none() && form.starts_with(seen.bytes) {
            return Progress::More;
        }
    }
    let may_come = forms.iter().any(|form| form.starts_with(seen.bytes));
    match seen.ended {
        None if may_come => Progress::More,
        Some(_) if seen.bytes.is_empty() => nothing(seen.ended),
        Some(Ended::Quiet(_)) if may_come => Progress::Wrong {
            finding: Finding::Incomplete {
                waited_ms: 0,
                blocked: false,
            },
            actual: seen.bytes.to_vec(),
        },
        Some(_) if may_come => Progress::Wrong {
            finding: end_finding(seen.ended),
            actual: seen.bytes.to_vec(),
        },
        _ => Progress::Wrong {
            finding: Finding::Mismatch,
            actual: seen.bytes.to_vec(),
        },
    }
}

/// Whether constant bytes stand around what was asked.
fn has_words(style: &Style) -> bool {
    !(style.prefix.is_empty() && style.suffix.is_empty())
}

/// Where `value` stands first in `bytes`, which begin at `start`.
fn place(value: &[u8], bytes: &[u8], start: usize) -> Option<Range<usize>> {
    let last = bytes.len().checked_sub(value.len())?;
    let at = (0..=last).find(|at| bytes[*at..].starts_with(value))?;
    Some(start + at..start + at + value.len())
}

/// Nothing came at all.
fn nothing(ended: Option<Ended>) -> Progress {
    let finding = match ended {
        None => return Progress::More,
        Some(_) => end_finding(ended),
    };
    Progress::Wrong {
        finding,
        actual: Vec::new(),
    }
}

fn end_finding(ended: Option<Ended>) -> Finding {
    match ended {
        Some(Ended::Fin) => Finding::ClosedEarly,
        Some(Ended::Reset) => Finding::ResetEarly,
        Some(Ended::Quiet(_)) | None => Finding::NoAnswer {
            waited_ms: 0,
            blocked: false,
        },
    }
}
