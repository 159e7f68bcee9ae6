//! The parser of one line: actor, sigil, and what follows.
//!
//! A mistake is put into the [`Sink`] and the parser goes on behind it, so that a line with two bad
//! escapes is told of both. Whether the line is used is decided by whoever called.

use std::cell::RefCell;
use std::time::Duration;

use winnow::ascii::dec_uint;
use winnow::combinator::{delimited, opt, peek};
use winnow::error::EmptyError;
use winnow::stream::Location;
use winnow::token::{any, rest, take_while};
use winnow::{LocatingSlice, Parser, Stateful};

use super::{Act, Actor, Event, MAX_WAIT_MS, Protocol, Span, Stream};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::suggest::{nearest, nearest_or_all};

/// A line, or the part of it that follows the sigil.
pub(super) type Input<'a> = Stateful<LocatingSlice<&'a str>, Sink<'a>>;

/// Where the line stands in the whole text, and what is wrong so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sink<'a> {
    base: usize,
    found: &'a RefCell<Vec<Diagnostic>>,
}

impl<'a> Sink<'a> {
    /// A sink for text that begins at byte `base` of the whole.
    pub(super) fn new(base: usize, found: &'a RefCell<Vec<Diagnostic>>) -> Self {
        Self { base, found }
    }

    /// The text as input for the parsers.
    pub(super) fn input(self, text: &'a str) -> Input<'a> {
        Stateful {
            input: LocatingSlice::new(text),
            state: self,
        }
    }

    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }
}

/// The span from `start` (a location of this input) to where the input stands.
pub(super) fn span_from(input: &Input<'_>, start: usize) -> Span {
    Span {
        start: input.state.base + start,
        end: input.state.base + input.current_token_start(),
    }
}

/// Whether a text may be the name of a word, a column or a capture.
pub(crate) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

const SIGILS: &str = "one of `:` (text), `>` (bytes), `~` (pattern) and `!` (event)";
const EVENTS: &[&str] = &[
    "open",
    "fin",
    "reset",
    "close",
    "stall",
    "resume",
    "wait 50ms",
    "silence",
    "read",
    "bound tcp",
    "bound udp",
];

/// A whole step, from the actor to the end of the line.
pub(super) fn step(input: &mut Input<'_>) -> Option<(Actor, Act)> {
    let actor = actor(input)?;
    let start = input.current_token_start();
    let sigil = one_of_sigils(input);
    let Some(sigil) = sigil else {
        let _ = opt(any::<_, EmptyError>).parse_next(input);
        let found = Diagnostic::new(
            &codes::NO_SIGIL,
            span_from(input, start),
            "no sigil follows the actor",
        )
        .label("a sigil belongs here")
        .help(format!("right after the actor stands {SIGILS}"));
        input.state.report(found);
        return None;
    };
    if sigil == '!' {
        return event(input).map(|event| (actor, Act::Event(event)));
    }
    let _ = opt::<_, _, EmptyError, _>(' ').parse_next(input);
    let act = match sigil {
        ':' => Act::Line(super::text::segments(input)),
        '>' => Act::Bytes(super::text::segments(input)),
        _ => Act::Pattern(super::text::pattern(input)),
    };
    Some((actor, act))
}

fn one_of_sigils(input: &mut Input<'_>) -> Option<char> {
    winnow::token::one_of::<_, _, EmptyError>([':', '>', '~', '!'])
        .parse_next(input)
        .ok()
}

fn actor(input: &mut Input<'_>) -> Option<Actor> {
    let start = input.current_token_start();
    let word: &str = take_while::<_, _, EmptyError>(0.., |c: char| c.is_alphanumeric())
        .parse_next(input)
        .unwrap_or_default();
    let found = match word {
        "in" => return Some(Actor::Program(Stream::In)),
        "out" => return Some(Actor::Program(Stream::Out)),
        "err" => return Some(Actor::Program(Stream::Err)),
        _ => match (word.chars().next(), word.get(1..)) {
            (Some('C'), Some(number)) if is_number(number) => {
                return connection(input, start, number).map(Actor::Client);
            }
            (Some('S'), Some(number)) if is_number(number) => {
                return connection(input, start, number).map(Actor::Server);
            }
            _ => no_actor(input, start, word),
        },
    };
    input.state.report(found);
    None
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn connection(input: &Input<'_>, start: usize, number: &str) -> Option<u8> {
    match number.parse() {
        _ if number.is_empty() => Some(1),
        Ok(connection) if !number.starts_with('0') => Some(connection),
        _ => {
            let found = Diagnostic::new(
                &codes::BAD_CONNECTION,
                span_from(input, start),
                format!("`{number}` is not the number of a connection"),
            )
            .help("connections are numbered from 1 to 255, without leading zeros");
            input.state.report(found);
            None
        }
    }
}

/// The line begins with something that is neither an actor nor a keyword.
fn no_actor(input: &mut Input<'_>, start: usize, word: &str) -> Diagnostic {
    let is_actor_like = peek(opt(one_of_any_sigil)).parse_next(input).ok().flatten();
    let whole_line = rest::<_, EmptyError>
        .parse_next(input)
        .unwrap_or_default()
        .trim_end();
    let found = if word.is_empty() || is_actor_like.is_none() {
        let end = start + word.len() + whole_line.len();
        let span = Span {
            start: input.state.base + start,
            end: input.state.base + end,
        };
        Diagnostic::new(&codes::NO_ACTOR, span, "this line names no actor")
            .label("neither a step nor a keyword")
    } else {
        let span = Span {
            start: input.state.base + start,
            end: input.state.base + start + word.len(),
        };
        Diagnostic::new(&codes::NO_ACTOR, span, format!("`{word}` is not an actor"))
    };
    let line = format!("{word}{whole_line}");
    let keyword = nearest(&line, ["either", "or", "any order", "end"]);
    match (word.to_lowercase().as_str(), keyword) {
        (_, Some(keyword)) if is_actor_like.is_none() => {
            found.help(format!("did you mean `{keyword}`?"))
        }
        ("c" | "client", _) => found.help("did you mean `C`?"),
        ("s" | "server" | "serveur", _) => found.help("did you mean `S`?"),
        ("in" | "stdin", _) => found.help("did you mean `in`?"),
        ("out" | "stdout", _) => found.help("did you mean `out`?"),
        ("err" | "stderr", _) => found.help("did you mean `err`?"),
        _ => found.help(
            "a step is `ACTOR SIGIL TEXT`, such as `C: hello` or `S2! close`; actors are `C`, \
             `C2`, `S`, `S2`, `in`, `out` and `err`; a comment begins with `#`",
        ),
    }
}

fn one_of_any_sigil(input: &mut Input<'_>) -> winnow::Result<char, EmptyError> {
    winnow::token::one_of([':', '>', '~', '!']).parse_next(input)
}

/// What follows `!`.
fn event(input: &mut Input<'_>) -> Option<Event> {
    let _ = take_while::<_, _, EmptyError>(0.., ' ').parse_next(input);
    let start = input.current_token_start();
    let text = rest::<_, EmptyError>
        .parse_next(input)
        .unwrap_or_default()
        .trim_end_matches(' ');
    let span = Span {
        start: input.state.base + start,
        end: input.state.base + start + text.len(),
    };
    match text {
        "open" => return Some(Event::Open),
        "fin" => return Some(Event::Fin),
        "reset" => return Some(Event::Reset),
        "close" => return Some(Event::Close),
        "stall" => return Some(Event::Stall),
        "resume" => return Some(Event::Resume),
        "silence" => return Some(Event::Silence),
        "read" => return Some(Event::Read),
        "bound tcp" => return Some(Event::Bound(Protocol::Tcp)),
        "bound udp" => return Some(Event::Bound(Protocol::Udp)),
        _ => {}
    }
    let found = if text == "wait" || text.starts_with("wait ") {
        match wait(text) {
            Some(duration) => return Some(Event::Wait(duration)),
            None => Diagnostic::new(
                &codes::BAD_WAIT,
                span,
                format!("`{text}` is not a wait in milliseconds"),
            )
            .help(format!(
                "write whole milliseconds and the unit, such as `wait 50ms`, at most \
                 `wait {MAX_WAIT_MS}ms`"
            )),
        }
    } else {
        Diagnostic::new(
            &codes::UNKNOWN_EVENT,
            span,
            format!("there is no event `{text}`"),
        )
        .help(match text {
            "eof" | "half-close" | "shutdown" => "did you mean `fin`?".to_owned(),
            "rst" | "abort" => "did you mean `reset`?".to_owned(),
            "connect" => "did you mean `open`?".to_owned(),
            "nothing" => "did you mean `silence`?".to_owned(),
            _ => nearest_or_all(text, EVENTS),
        })
    };
    input.state.report(found);
    None
}

fn wait(text: &str) -> Option<Duration> {
    let duration: Result<u64, _> = delimited(
        ("wait", take_while(1.., ' ')),
        dec_uint::<_, u64, EmptyError>,
        "ms",
    )
    .parse(text);
    duration
        .ok()
        .filter(|ms| (1..=MAX_WAIT_MS).contains(ms))
        .map(Duration::from_millis)
}
