//! What was said on connections, whoever listened, as a dialogue of the notation.
//!
//! Flow: acts in the order in which they were seen (from a [`Transcript`], or from a recording between two
//! programs) → messages as the framing makes them → [`Dialogue`]. How the bytes were cut on their way is not kept.

mod recording;

pub use recording::{Naming, Recorded, spec};

use std::collections::BTreeMap;

use sockspec_spec::dialogue::{
    Act, Actor, Dialogue, Event, Item, Part, Pattern, PatternPiece, Segment, Span, Step,
};
use sockspec_spec::model::{Framing, Redaction};

use crate::moment;
use crate::transcript::{Kind, Transcript};

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The one that connected.
    Client,
    /// The one that was asked.
    Server,
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Did {
    /// These bytes: one read of a stream, or one datagram.
    Bytes(Vec<u8>),
    /// An end of this direction.
    Fin,
    /// An RST.
    Reset,
    /// An end of both directions.
    Close,
}

/// Something that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The connection, 1-based.
    pub connection: u8,
    /// Who.
    pub side: Side,
    /// What.
    pub did: Did,
}

/// A step, with the bytes of the message that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The step, normalised.
    pub step: Step,
    /// The message without its terminator; none for what was done.
    pub message: Option<Vec<u8>>,
}

/// What a transcript shows of both sides.
pub fn of(transcript: &Transcript) -> Vec<Seen> {
    let seen = |(connection, kind): (u8, &Kind)| {
        let (side, did) = match kind {
            Kind::Sent { bytes, .. } | Kind::Doubled(bytes) => {
                (Side::Client, Did::Bytes(bytes.clone()))
            }
            Kind::SentFin => (Side::Client, Did::Fin),
            Kind::SentReset => (Side::Client, Did::Reset),
            Kind::Closed => (Side::Client, Did::Close),
            Kind::Received(bytes) => (Side::Server, Did::Bytes(bytes.clone())),
            Kind::Fin => (Side::Server, Did::Fin),
            Kind::Reset => (Side::Server, Did::Reset),
            _ => return None,
        };
        Some(Seen {
            connection,
            side,
            did,
        })
    };
    let events = transcript.events.iter();
    events
        .map(|event| (event.connection, &event.kind))
        .filter_map(seen)
        .collect()
}

/// What stands in a dialogue for what is another each time: a redaction's text, and `{timestamp}` or
/// `{time32}` for a message that tells the time of `now_us` (microseconds since the Unix epoch).
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    /// The spec's redactions.
    pub redactions: &'a [Redaction],
    /// When it was said.
    pub now_us: i64,
}

impl Wording<'_> {
    /// The pattern for a server's message; none where it stands for itself.
    fn pattern(self, message: &[u8]) -> Option<Pattern> {
        self.redacted(message).or_else(|| {
            let named = |name: &str| PatternPiece::Name {
                name: name.into(),
                argument: None,
            };
            if moment::time32(message, self.now_us).is_some() && message.len() == 4 {
                return Some(Pattern(vec![named("time32")]));
            }
            moment::near(message, self.now_us)?;
            // What a colon follows is the date's name, not the date.
            let start = message.windows(2).position(|two| two == b": ");
            let start = start.map_or(0, |place| place + 2);
            let start = moment::near(&message[start..], self.now_us).map_or(0, |_| start);
            let pieces = literal(&message[..start]).into_iter();
            Some(Pattern(pieces.chain([named("timestamp")]).collect()))
        })
    }

    fn redacted(self, message: &[u8]) -> Option<Pattern> {
        let mut places: Vec<(usize, usize, Pattern)> = Vec::new();
        for Redaction { pattern, with } in self.redactions {
            let Ok(regex) = regex::bytes::Regex::new(pattern) else {
                continue;
            };
            let with = stands_for(with);
            for found in regex.find_iter(message).filter(|found| !found.is_empty()) {
                let is_free = places
                    .iter()
                    .all(|(start, end, _)| found.end() <= *start || *end <= found.start());
                if is_free {
                    places.push((found.start(), found.end(), with.clone()));
                }
            }
        }
        places.sort_by_key(|(start, ..)| *start);
        let mut pieces = Vec::new();
        let mut from = 0;
        for (start, end, Pattern(with)) in &places {
            pieces.extend(literal(&message[from..*start]));
            pieces.extend(with.iter().cloned());
            from = *end;
        }
        pieces.extend(literal(&message[from..]));
        (!places.is_empty()).then(|| Pattern(joined(pieces)))
    }
}

/// The text of a redaction in the notation of patterns, or literally where it is none.
fn stands_for(with: &str) -> Pattern {
    let parsed = format!("S~ {with}").parse::<Dialogue>().ok();
    let act = parsed.and_then(|dialogue| dialogue.steps().next().map(|step| step.act.clone()));
    match act {
        Some(Act::Pattern(pattern)) => pattern,
        _ => Pattern(literal(with.as_bytes()).into_iter().collect()),
    }
}

fn literal(bytes: &[u8]) -> Option<PatternPiece> {
    (!bytes.is_empty()).then(|| PatternPiece::Literal(bytes.to_vec()))
}

/// Two literals never follow one another.
fn joined(pieces: Vec<PatternPiece>) -> Vec<PatternPiece> {
    let mut out: Vec<PatternPiece> = Vec::new();
    for piece in pieces {
        match (out.last_mut(), piece) {
            (Some(PatternPiece::Literal(last)), PatternPiece::Literal(more)) => last.extend(more),
            (_, piece) => out.push(piece),
        }
    }
    out
}

/// The steps of what was seen.
pub fn steps(seen: &[Seen], framing: Framing, wording: Wording<'_>) -> Vec<Said> {
    let mut writer = Writer {
        framing,
        wording,
        open: BTreeMap::new(),
        over: Vec::new(),
        steps: Vec::new(),
    };
    for one in seen {
        writer.take(one);
    }
    writer.flush_all();
    writer.steps
}

/// The steps as a dialogue.
pub fn dialogue(steps: &[Said]) -> Dialogue {
    let items = steps.iter().map(|said| Item::Step(said.step.clone()));
    Dialogue {
        items: items.collect(),
    }
}

struct Writer<'a> {
    framing: Framing,
    wording: Wording<'a>,
    /// What has come of a message that is not over, by connection: whose it is, and its bytes.
    open: BTreeMap<u8, (Side, Vec<u8>)>,
    /// Connections that a side has ended for good.
    over: Vec<u8>,
    steps: Vec<Said>,
}

impl Writer<'_> {
    fn take(&mut self, seen: &Seen) {
        let Seen {
            connection,
            side,
            did,
        } = seen;
        if self.over.contains(connection) {
            return;
        }
        let is_new = !self.open.contains_key(connection);
        if is_new && *side == Side::Server {
            // A client connects at its first line; here it has none yet.
            self.event(*connection, Side::Client, Event::Open);
        }
        let is_other = self.open.get(connection).is_none_or(|(of, _)| of != side);
        if is_other {
            self.flush(*connection);
            self.open.insert(*connection, (*side, Vec::new()));
        }
        match did {
            Did::Bytes(bytes) if self.framing == Framing::Datagram => {
                self.message(*connection, *side, bytes.clone(), true);
            }
            Did::Bytes(bytes) => {
                if let Some((_, held)) = self.open.get_mut(connection) {
                    held.extend(bytes);
                }
                self.lines(*connection, *side);
            }
            Did::Fin => self.end(*connection, *side, Event::Fin, *side == Side::Server),
            Did::Reset => self.end(*connection, *side, Event::Reset, true),
            Did::Close => self.end(*connection, *side, Event::Close, true),
        }
    }

    /// The whole lines that a connection holds.
    fn lines(&mut self, connection: u8, side: Side) {
        if self.framing != Framing::Lines {
            return;
        }
        while let Some((_, held)) = self.open.get_mut(&connection)
            && let Some(end) = held.iter().position(|byte| *byte == b'\n')
        {
            let rest = held.split_off(end + 1);
            let mut line = std::mem::replace(held, rest);
            line.pop();
            // A line that a server ends by CR LF is the same line.
            if side == Side::Server && line.last() == Some(&b'\r') {
                line.pop();
            }
            self.message(connection, side, line, true);
        }
    }

    fn end(&mut self, connection: u8, side: Side, event: Event, for_good: bool) {
        self.flush(connection);
        self.event(connection, side, event);
        if for_good {
            self.over.push(connection);
        }
    }

    fn flush(&mut self, connection: u8) {
        if let Some((side, held)) = self.open.get_mut(&connection)
            && !held.is_empty()
        {
            let (side, held) = (*side, std::mem::take(held));
            self.message(connection, side, held, false);
        }
    }

    fn flush_all(&mut self) {
        let connections: Vec<u8> = self.open.keys().copied().collect();
        for connection in connections {
            self.flush(connection);
        }
    }

    fn message(&mut self, connection: u8, side: Side, bytes: Vec<u8>, whole: bool) {
        // A line that never ended is no message.
        let is_message = whole || self.framing != Framing::Lines;
        let pattern = match (side, is_message) {
            (Side::Server, true) => self.wording.pattern(&bytes),
            _ => None,
        };
        // A datagram has no end but its own.
        let is_line = whole && self.framing == Framing::Lines;
        let segments = || {
            let part = (!bytes.is_empty()).then(|| Part::Literal(bytes.clone()));
            vec![Segment(part.into_iter().collect())]
        };
        let act = match (pattern, is_line) {
            (Some(pattern), _) => Act::Pattern(pattern),
            (None, true) => Act::Line(segments()),
            (None, false) => Act::Bytes(segments()),
        };
        self.push(connection, side, act, Some(bytes));
    }

    fn event(&mut self, connection: u8, side: Side, event: Event) {
        self.push(connection, side, Act::Event(event), None);
    }

    fn push(&mut self, connection: u8, side: Side, act: Act, message: Option<Vec<u8>>) {
        let actor = match side {
            Side::Client => Actor::Client(connection),
            Side::Server => Actor::Server(connection),
        };
        let span = Span::default();
        self.steps.push(Said {
            step: Step { actor, act, span },
            message,
        });
    }
}

#[cfg(test)]
mod tests;
