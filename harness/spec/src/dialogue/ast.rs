//! The tree of a dialogue: what the parser builds and the printer writes.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::diagnostic::Diagnostic;

/// A byte range in the text that a tree node was parsed from (0-based, end excluded).
///
/// Spans never take part in equality: two dialogues that say the same are equal wherever they stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for Span {}

/// A whole dialogue: items in the order in which they happen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dialogue {
    /// The lines and groups, in order.
    pub items: Vec<Item>,
}

impl Dialogue {
    /// All steps in the order of the text, those of groups included.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.items.iter().flat_map(Item::steps)
    }

    /// All steps in the order of the text, to change them.
    pub fn steps_mut(&mut self) -> impl Iterator<Item = &mut Step> {
        self.items.iter_mut().flat_map(|item| match item {
            Item::Comment(_) => Vec::new(),
            Item::Step(step) => vec![step],
            Item::Either(branches) => branches.iter_mut().flatten().collect(),
            Item::AnyOrder(steps) => steps.iter_mut().collect(),
        })
    }

    /// What keeps the dialogue from sharing its connection with others, in a few words; `None` when it
    /// only asks and is answered.
    pub fn obstacle_to_sharing(&self) -> Option<&'static str> {
        let has = |wanted: fn(&Step) -> bool| self.steps().any(wanted);
        if has(|step| matches!(step.act, Act::Event(_))) {
            Some("events")
        } else if has(|step| matches!(step.actor, Actor::Program(_))) {
            Some("the program's streams")
        } else if self.connections().len() > 1 {
            Some("several connections")
        } else {
            None
        }
    }

    /// The numbers of the connections that the dialogue uses, each once, in rising order.
    pub fn connections(&self) -> Vec<u8> {
        let mut numbers: Vec<u8> = self
            .steps()
            .filter_map(|step| step.actor.connection())
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

impl fmt::Display for Dialogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::print(self))
    }
}

impl FromStr for Dialogue {
    type Err = Vec<Diagnostic>;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        super::parse(text)
    }
}

/// One line or group of a dialogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `# text`: for the reader only. The text is kept without `#` and one following space.
    Comment(String),
    /// One step of one actor.
    Step(Step),
    /// `either` … `or` … `end`: exactly one of the branches must happen, tried in order.
    Either(Vec<Vec<Step>>),
    /// `any order` … `end`: every step must happen, in whatever order.
    AnyOrder(Vec<Step>),
}

impl Item {
    /// The steps of the line or group, in the order of the text.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        let (one, many, branches): (Option<&Step>, &[Step], &[Vec<Step>]) = match self {
            Self::Comment(_) => (None, &[], &[]),
            Self::Step(step) => (Some(step), &[], &[]),
            Self::Either(branches) => (None, &[], branches),
            Self::AnyOrder(steps) => (None, steps, &[]),
        };
        one.into_iter().chain(many).chain(branches.iter().flatten())
    }
}

/// One line `actor` + sigil + text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Who speaks or acts.
    pub actor: Actor,
    /// What is said or done.
    pub act: Act,
    /// Where the line stands in the text it was parsed from.
    pub span: Span,
}

impl Step {
    /// Whether something is said, rather than done.
    pub fn is_message(&self) -> bool {
        !matches!(self.act, Act::Event(_))
    }
}

/// Who a line belongs to. A dialogue has no side of its own: the harness plays the actors that are
/// not under test and checks the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Actor {
    /// `C` or `C1`, `C2`…: client number n (1-based), on connection n.
    Client(u8),
    /// `S` or `S1`, `S2`…: the server, on connection n (1-based).
    Server(u8),
    /// `in`, `out`, `err`: a standard stream of the program under test.
    Program(Stream),
}

impl Actor {
    /// The number of the connection, 1-based; none for the program's streams.
    pub fn connection(self) -> Option<u8> {
        match self {
            Self::Client(n) | Self::Server(n) => Some(n),
            Self::Program(_) => None,
        }
    }
}

/// A standard stream of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stream {
    /// Standard input: the harness types there.
    In,
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// `:` exact text, followed by the framing's terminator. At least one segment: an empty line is
    /// one empty segment.
    Line(Vec<Segment>),
    /// `>` exact bytes, no terminator. At least one segment.
    Bytes(Vec<Segment>),
    /// `~` a pattern for one message.
    Pattern(Pattern),
    /// `!` something that happens to the connection.
    Event(Event),
}

/// Bytes that travel together: what stands between two `|`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment(
    /// The pieces, in order. Two literals never follow one another.
    pub Vec<Part>,
);

/// A piece of exact text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// These bytes. Never empty.
    Literal(Vec<u8>),
    /// `{name}`: a column of the case's rows, or what an earlier capture took.
    Value(String),
    /// `{repeat:COUNT:TEXT}`: TEXT, COUNT times (TEXT may hold escapes, no braces).
    Repeat {
        /// How many times: at least once.
        count: u32,
        /// The bytes repeated. Never empty.
        bytes: Vec<u8>,
    },
    /// `{file:PATH}`: the bytes of a data file. PATH may be `$column`.
    File(String),
    /// `{size:PATH}`: how many bytes the data file has, in decimal digits. PATH may be `$column`.
    Size(String),
}

/// A pattern for one whole message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern(
    /// The pieces, in order. Two literals never follow one another.
    pub Vec<PatternPiece>,
);

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternPiece {
    /// These bytes, exactly. Never empty.
    Literal(Vec<u8>),
    /// `{name}` or `{name:argument}`: a word of the vocabulary (the spec's, or built in), a row's
    /// column, or an earlier capture. What it is, the validator decides.
    Name {
        /// The name before the colon.
        name: String,
        /// The text after the first colon, escapes undone; for a built-in kind, the capture's name.
        /// May itself be `$column` or `$capture`: the value of that row column or capture.
        argument: Option<String>,
    },
    /// `/regex/`: syntax of the regex crate, over bytes, Unicode aware. A slash, which the notation
    /// writes `\/`, is kept without its backslash. Never empty.
    Regex(String),
}

/// Something that happens to a connection. For the actor that the harness plays it is done; for the
/// actor under test it is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// `open`: the connection is made here (by default a client connects at its first line).
    Open,
    /// `fin`: end of this direction (half-close). Awaited: an orderly end of the stream.
    Fin,
    /// `reset`: an RST.
    Reset,
    /// `close`: both directions. Awaited: a FIN or an RST, either is right.
    Close,
    /// `stall`: stops reading.
    Stall,
    /// `resume`: reads again.
    Resume,
    /// `wait 50ms`: lets time pass before the next step (whole milliseconds).
    Wait(Duration),
    /// `silence`: nothing comes (awaited only).
    Silence,
    /// `read`: all that was sent has been read (awaited only).
    Read,
    /// `bound udp`: a line that names the protocol shows the port of a socket that is bound, and that the system
    /// chose (awaited of an output only).
    Bound(Protocol),
}

/// A protocol that has ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

impl Protocol {
    /// The word after `bound`.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

impl Event {
    /// The word after `!` (`wait` without its duration, `bound` without its protocol).
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Fin => "fin",
            Self::Reset => "reset",
            Self::Close => "close",
            Self::Stall => "stall",
            Self::Resume => "resume",
            Self::Wait(_) => "wait",
            Self::Silence => "silence",
            Self::Read => "read",
            Self::Bound(_) => "bound",
        }
    }
}
