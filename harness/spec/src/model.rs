//! A validated spec: the only form in which the rest of the harness knows an exercise.

use std::collections::BTreeMap;
use std::sync::Arc;

mod names;

pub(crate) use names::Choice;
pub use names::UnknownChoice;

use crate::cause::Cause;
use crate::dialogue::Dialogue;

/// One exercise: how it is spoken and how it is graded. Built by the validator only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Stable slug, e.g. `kv`; the file's name without `.toml`.
    pub id: String,
    /// Title, in both languages.
    pub title: Text,
    /// What to build, a paragraph, in both languages (Markdown).
    pub summary: Text,
    /// Where the exercise comes from: sheet and RFC.
    pub source: String,
    /// How the two sides are joined.
    pub transport: Transport,
    /// What makes a message.
    pub framing: Framing,
    /// The least that the exercise asks of a server.
    pub serving: Serving,
    /// The sheet's port, else ours. 0 where there is none.
    pub port: u16,
    /// Who speaks first: `true` when the server's first words are part of the protocol (a game's
    /// parameters, a date), and so not a greeting to be learnt.
    pub server_first: bool,
    /// Who ends a normal dialogue: `true` when the server closes after the last answer.
    pub server_closes: bool,
    /// Whether targets have a style of their own, to be learnt; `false` where every byte is fixed, as
    /// by an RFC, so that nothing a target adds is forgiven.
    pub styled: bool,
    /// What the bytes mean to the server, which says how each corpus entry must come back.
    pub echo: Echo,
    /// Words with a canonical and accepted forms, by name.
    pub vocabulary: BTreeMap<String, Word>,
    /// The data files that dialogues and scripts may name.
    pub data: Data,
    /// The text of the file that stands for `{data}` in the command of a program that is started.
    pub data_file: Option<String>,
    /// Rhai functions that every script may call; empty for none.
    pub functions: String,
    /// What a snapshot must not keep (dates, ports…): regexes and what stands for them.
    pub redactions: Vec<Redaction>,
    /// The id of the case that serves as control: first, last and after each abusive case.
    pub control: String,
    /// The cases, in file order.
    pub cases: Vec<Case>,
}

/// A sentence or paragraph in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

/// How the two sides are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// AF_UNIX stream.
    Unix,
    /// Not at all: the exercise is about the program's own streams.
    None,
}

/// What makes a message (PROTOCOLS: framings).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// UTF-8 lines ended by LF.
    Lines,
    /// A byte stream without messages.
    Bytes,
    /// One datagram, one message.
    Datagram,
    /// What one `recv` returned: wait for each reply before the next message.
    Recv,
}

/// How many clients at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Serving {
    /// One client, then the program may end.
    OneShot,
    /// One client at a time.
    Iterative,
    /// Several at once.
    Parallel,
}

/// What a server does to the bytes it gets, where that is a rule without words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// No such rule: answers are words.
    None,
    /// Every byte comes back unchanged.
    Same,
    /// a-z become A-Z; other characters in the server's dialect (ascii or unicode).
    Upper,
}

/// A word of the vocabulary: `{name}` or `{name:argument}` in a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Names of the parameters (at most one for now); `{v}` in the forms below stands for its value.
    pub takes: Vec<String>,
    /// What the reference server says, and `--strict` requires: literal text with `{v}`, or `/regex/`.
    pub canonical: String,
    /// Other right answers: literal text or `/regex/`, each for the whole message.
    pub accepted: Vec<String>,
    /// What no right answer holds: `/regex/` searched anywhere in the message.
    pub rejected: Vec<String>,
    /// Compare without regard to letter case and accents.
    pub fold: bool,
}

/// Files whose bytes dialogues and scripts may name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Data {
    /// The folder that holds them, from the spec file's own.
    pub folder: String,
    /// Their bytes, by path below the folder.
    pub files: BTreeMap<String, Arc<[u8]>>,
}

/// A redaction of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redaction {
    /// Regex searched in each received text.
    pub pattern: String,
    /// What stands for it, e.g. `{timestamp}`.
    pub with: String,
}

/// One case of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Stable slug, unique in the spec; never changes or renumbers.
    pub id: String,
    /// Raised when what the case asks changes.
    pub version: u32,
    /// 1 to 5 (1 it works … 5 the program itself).
    pub level: u8,
    /// The law it stands for.
    pub law: Law,
    /// Points it is worth; 0 for information only.
    pub points: u32,
    /// The clause of the sheet or RFC it checks.
    pub clause: String,
    /// Title in both languages.
    pub title: Text,
    /// Hint for whoever fails it, in both languages; may be empty.
    pub hint: Text,
    /// What grading it takes.
    pub needs: Needs,
    /// Ids of the cases that must pass first; else this one is `blocked`.
    pub after: Vec<String>,
    /// Who sees it.
    pub visibility: Visibility,
    /// Which families of derived cases come from it.
    pub derive: Derive,
    /// Whether it may share one connection with other cases where the target serves one client only.
    pub packable: bool,
    /// Values for `{column}`: the case is played once a row. Empty: once, without values.
    pub rows: Vec<BTreeMap<String, String>>,
    /// Which half of the UTF-8 corpus the last of the rows are, if any: they stand for every text of
    /// their kind.
    pub corpus: Option<Corpus>,
    /// What failing it usually means, where the failure itself does not say more.
    pub cause: Option<Cause>,
    /// How many clients at once the target must serve for the case to make sense; where the
    /// exercise asks for less, a target that serves fewer is not failed.
    pub serving: Option<Serving>,
    /// The servers that the case takes, each an instance of the program under test; clients come to the
    /// first. Empty: the one that every case is played with.
    pub servers: Vec<Setup>,
    /// What is played.
    pub body: Body,
}

impl Case {
    /// Whether it asks for the reference's own protocol between servers, which only `--strict` does.
    pub fn is_strict(&self) -> bool {
        self.servers.iter().any(|server| server.played.is_some())
    }
}

/// How one of several instances of the program is started.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// What stands for `{peer}`.
    pub peer: Peer,
    /// The text of the file that stands for `{data}`; without it, that of the spec.
    pub data_file: Option<String>,
    /// What the harness says in this server's place; without it, the program is started.
    pub played: Option<Played>,
}

impl Setup {
    /// What the address of a case's server (0-based) is called in its dialogue.
    pub fn name(at: usize) -> String {
        format!("server{}", at + 1)
    }
}

/// A server that the harness plays: it knows one answer. It speaks the reference's protocol between servers, so
/// that a case with one is asked under `--strict` only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// The request that it answers, without a line end; `{server1}` stands for the address of the first server.
    pub asked: String,
    /// What it answers, without a line end.
    pub answer: String,
}

/// Whom a server is told to ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Peer {
    /// Nobody.
    #[default]
    None,
    /// This one of the case's servers (0-based; in a file, from 1).
    Server(usize),
    /// An address where nobody listens.
    Dead,
    /// An address where a client is taken in, and told nothing.
    Silent,
}

impl Peer {
    /// As it stands in a file: an address where nobody listens.
    pub const DEAD: &'static str = "dead";
    /// As it stands in a file: an address where a client is taken in, and told nothing.
    pub const SILENT: &'static str = "silent";
}

/// What a case plays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A fixed dialogue.
    Dialogue(Dialogue),
    /// A Rhai script (`open`, `send`, `expect`, …) for play that must adapt; checked to compile.
    Script(String),
}

/// The laws of which a case may be an instance (the `law` of `sockspec.grade/1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Law {
    /// The exercise's own protocol.
    Protocol,
    /// Answers do not depend on how bytes were cut.
    Segmentation,
    /// A fresh connection is served whatever one client did.
    Survival,
    /// One client never disturbs another.
    Isolation,
    /// What was asked before the FIN is answered, then the server closes.
    HalfClose,
    /// Text comes back as valid text.
    Encoding,
    /// Nothing is used at rest.
    Rest,
    /// Each datagram is answered on its own.
    Datagrams,
    /// What a client does when answers fail to come.
    Clients,
    /// Arguments, signals, restart.
    Program,
    /// Nothing leaves the root.
    Security,
}

/// What grading a case takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// An address is enough.
    Address,
    /// The harness must start the program.
    Run,
}

/// Who sees a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    Shown,
    /// Never shown to students.
    Hidden,
    /// Shown once the deadline has passed.
    AfterDue,
}

/// Half of the UTF-8 corpus of `specs/data/utf8.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corpus {
    /// Texts that are UTF-8.
    Valid,
    /// Bytes that are not.
    Invalid,
}

/// Families of derived cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Derive {
    /// Cut and coalesced in every way.
    pub segmentation: bool,
    /// Broken off at every step and inside every message.
    pub ends: bool,
    /// Asked by many clients, at once and in turn; from the control case only.
    pub clients: bool,
    /// Over networks that lose, double and reorder datagrams.
    pub loss: bool,
}

impl Derive {
    /// The families by name.
    pub const FAMILIES: &'static [&'static str] = &["segmentation", "ends", "clients", "loss"];

    /// The families that come from a case which does not say.
    pub fn usual(framing: Framing, level: u8) -> Self {
        let can_be_cut = matches!(framing, Framing::Lines | Framing::Bytes);
        let can_be_lost = framing == Framing::Datagram;
        Derive {
            segmentation: can_be_cut && level <= 2,
            ends: (can_be_cut || framing == Framing::Recv) && level <= 2,
            clients: can_be_cut || can_be_lost,
            loss: can_be_lost && level <= 2,
        }
    }
}
