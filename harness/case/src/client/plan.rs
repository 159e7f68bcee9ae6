//! The cases that a client is graded by: the spec's own, of the law `clients`, and those that law 8 adds to them.

use std::sync::Arc;
use std::time::Duration;

use sockspec_spec::Spec;
use sockspec_spec::model::{Body, Case, Framing, Law, Text, Transport};

use super::talk::{NoWording, Talk};
use crate::plan::{self, Options, PlannedCase};
use crate::style::Style;

/// A case ready to be played.
#[derive(Clone, Debug)]
pub struct ClientCase {
    /// What a result says of it; it holds no plays.
    pub planned: PlannedCase,
    /// The dialogues, each of which must pass.
    pub plays: Vec<ClientPlay>,
}

/// One run of the client.
#[derive(Clone, Debug)]
pub struct ClientPlay {
    /// Which play of its case it is, in words that need no translation; empty when there is one only.
    pub label: String,
    /// The dialogue.
    pub talk: Arc<Talk>,
    /// What the harness makes of it.
    pub act: Act,
    /// Whether questions and answers are datagrams.
    pub datagrams: bool,
    /// Whether only the canonical text counts as shown.
    pub strict: bool,
    /// How long things may take.
    pub times: Times,
}

/// What the harness does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It serves, to the end of the dialogue.
    Serve(Delivery),
    /// It serves, and looks at what ends the requests.
    Requests,
    /// It leaves where an answer is due.
    Leave(Leaving),
    /// It sends something else where the first answer is due, and goes on.
    Answer(BadAnswer),
    /// Nobody listens.
    Refuse,
    /// After the first exchange the user ends.
    End(Ending),
    /// Datagrams are lost, doubled, late, or from elsewhere.
    Lose(Losing),
    /// The command has other arguments.
    Arguments(Arguments),
}

/// How answers are put on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Each in one piece.
    Whole,
    /// One byte a segment, each read before the next is sent.
    Bytewise,
    /// Cut inside each character of several bytes.
    InsideCharacters,
    /// All that is typed is typed at once; what is due is sent together once the client waits for it.
    Held,
}

/// How a server leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// With a FIN, as soon as the connection stands.
    AtOnce,
    /// With a FIN where the answer is due.
    Fin,
    /// With an RST where the answer is due.
    Reset,
    /// With a FIN in the midst of the answer.
    Cut,
}

/// An answer that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadAnswer {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// An empty line.
    Empty,
}

/// How the user ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By the end of stdin, before anything was typed.
    AtOnce,
    /// By the end of stdin.
    EndOfInput,
    /// By this word.
    Quit(&'static str),
}

/// What happens to answers sent as datagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Losing {
    /// All are lost.
    All,
    /// The first is lost.
    First,
    /// Each comes twice.
    Doubled,
    /// The first comes late: when the client has asked again, or asked the next question.
    Late,
    /// Before each, another comes from another address.
    Elsewhere,
}

/// Arguments of the client that it should refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arguments {
    /// None at all.
    Missing,
    /// This for a port.
    Port(&'static str),
}

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Until a started program connects, or asks.
    pub start: Duration,
    /// Until what is typed arrives, or an answer shows.
    pub react: Duration,
    /// Until the client ends that should.
    pub end: Duration,
    /// Until the client ends whose server may leave, and has.
    pub leaves: Duration,
    /// Until something shows that misses an answer (law 8).
    pub shows: Duration,
    /// Until the client has given up (law 8).
    pub gives_up: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Times {
            start: Duration::from_secs(15),
            react: Duration::from_secs(4),
            end: Duration::from_secs(5),
            leaves: Duration::from_secs(2),
            shows: Duration::from_secs(10),
            gives_up: Duration::from_secs(20),
        }
    }
}

impl Times {
    /// Every time multiplied by `scale`.
    pub fn scaled(self, scale: f64) -> Self {
        let times = |time: Duration| time.mul_f64(scale.clamp(0.01, 1000.0));
        Times {
            start: times(self.start),
            react: times(self.react),
            end: times(self.end),
            leaves: times(self.leaves),
            shows: times(self.shows),
            gives_up: times(self.gives_up),
        }
    }
}

impl ClientPlay {
    /// The exchange (0-based) at which the server misbehaves: the second, where there is one; the opening (`None`)
    /// where nothing is asked.
    pub fn at(&self) -> Option<usize> {
        match self.talk.exchanges.len() {
            0 => None,
            count => Some(usize::from(count > 1)),
        }
    }

    /// Whether it waits for the client's own timers, and hardly uses the machine.
    pub fn is_idle(&self) -> bool {
        matches!(
            self.act,
            Act::Lose(Losing::All | Losing::First | Losing::Late)
        ) || (self.act == Act::Refuse && self.datagrams)
    }
}

/// Whether clients of the exercise can be graded.
pub fn has_clients(spec: &Spec) -> bool {
    spec.cases.iter().any(|case| case.law == Law::Clients)
}

/// All cases of a client, the control case first.
///
/// # Errors
/// The server of some dialogue has nothing to say.
pub fn cases(
    spec: &Arc<Spec>,
    options: &Options,
    times: Times,
) -> Result<Vec<ClientCase>, NoWording> {
    let own = spec.cases.iter().filter(|case| case.law == Law::Clients);
    let mut planned: Vec<ClientCase> = own
        .map(|case| scripted(spec, case, options, times))
        .collect::<Result<_, _>>()?;
    let Some(control) = planned.first().cloned() else {
        return Ok(Vec::new());
    };
    for later in planned.iter_mut().skip(1) {
        later.planned.after.push(control.planned.id.clone());
    }
    let accented = planned
        .iter()
        .find(|case| case.plays.iter().any(has_wide_characters))
        .cloned();
    for variant in VARIANTS {
        let base = match variant.act {
            Act::Serve(Delivery::InsideCharacters) => accented.as_ref(),
            _ => Some(&control),
        };
        if let Some(base) = base.filter(|base| variant.applies(spec, base)) {
            planned.push(variant.of(base));
        }
    }
    Ok(planned)
}

fn scripted(
    spec: &Arc<Spec>,
    case: &Case,
    options: &Options,
    times: Times,
) -> Result<ClientCase, NoWording> {
    let mut planned = plan::base(
        spec,
        case,
        &Arc::new(Style::canonical(spec.framing)),
        options,
    );
    planned.plays.clear();
    let mut plays = Vec::new();
    if let Body::Dialogue(dialogue) = &case.body {
        for row in plan::rows(case) {
            plays.push(ClientPlay {
                label: plan::row_label(&row),
                talk: Arc::new(Talk::of(spec, dialogue, &row)?),
                act: Act::Serve(Delivery::Whole),
                datagrams: spec.transport == Transport::Udp,
                strict: options.strict,
                times,
            });
        }
    }
    Ok(ClientCase { planned, plays })
}

fn has_wide_characters(play: &ClientPlay) -> bool {
    let exchanges = play.talk.exchanges.iter().flat_map(|one| &one.answers);
    let mut says = play.talk.opening.iter().chain(exchanges);
    says.any(|say| !say.text.is_ascii())
}

/// A case that law 8, or the program's own law, adds to a dialogue.
struct Variant {
    name: &'static str,
    act: Act,
    level: u8,
    fr: &'static str,
    en: &'static str,
}

const fn variant(
    name: &'static str,
    act: Act,
    level: u8,
    fr: &'static str,
    en: &'static str,
) -> Variant {
    Variant {
        name,
        act,
        level,
        fr,
        en,
    }
}

const VARIANTS: &[Variant] = &[
    variant(
        "line-feeds",
        Act::Requests,
        2,
        "chaque requête finit par un saut de ligne",
        "each request ends with a line feed",
    ),
    variant(
        "bytewise",
        Act::Serve(Delivery::Bytewise),
        2,
        "réponses coupées à chaque octet",
        "answers cut at every byte",
    ),
    variant(
        "inside-characters",
        Act::Serve(Delivery::InsideCharacters),
        2,
        "réponses coupées dans les caractères",
        "answers cut inside characters",
    ),
    variant(
        "held",
        Act::Serve(Delivery::Held),
        2,
        "réponses tardives, envoyées ensemble",
        "late answers, sent together",
    ),
    variant(
        "closed-at-once",
        Act::Leave(Leaving::AtOnce),
        3,
        "le serveur ferme aussitôt",
        "the server closes at once",
    ),
    variant(
        "server-closes",
        Act::Leave(Leaving::Fin),
        3,
        "le serveur ferme au lieu de répondre",
        "the server closes instead of answering",
    ),
    variant(
        "server-resets",
        Act::Leave(Leaving::Reset),
        3,
        "le serveur coupe au lieu de répondre (RST)",
        "the server resets instead of answering (RST)",
    ),
    variant(
        "answer-cut",
        Act::Leave(Leaving::Cut),
        3,
        "le serveur ferme au milieu de sa réponse",
        "the server closes in the midst of its answer",
    ),
    variant(
        "not-utf8",
        Act::Answer(BadAnswer::NotUtf8),
        3,
        "une réponse qui n’est pas de l’UTF-8",
        "an answer that is not UTF-8",
    ),
    variant(
        "empty-answer",
        Act::Answer(BadAnswer::Empty),
        3,
        "une réponse vide",
        "an empty answer",
    ),
    variant(
        "refused",
        Act::Refuse,
        3,
        "personne n’écoute",
        "nobody listens",
    ),
    variant(
        "end-of-input",
        Act::End(Ending::EndOfInput),
        3,
        "la fin de l’entrée standard termine le client",
        "the end of standard input ends the client",
    ),
    variant(
        "quit",
        Act::End(Ending::Quit("quit")),
        3,
        "`quit` termine le client",
        "`quit` ends the client",
    ),
    variant(
        "blackout",
        Act::Lose(Losing::All),
        4,
        "toutes les réponses se perdent",
        "all answers are lost",
    ),
    variant(
        "first-lost",
        Act::Lose(Losing::First),
        4,
        "la première réponse se perd",
        "the first answer is lost",
    ),
    variant(
        "doubled",
        Act::Lose(Losing::Doubled),
        4,
        "chaque réponse vient deux fois",
        "each answer comes twice",
    ),
    variant(
        "late",
        Act::Lose(Losing::Late),
        4,
        "la première réponse vient en retard",
        "the first answer comes late",
    ),
    variant(
        "elsewhere",
        Act::Lose(Losing::Elsewhere),
        4,
        "une réponse vient d’une autre adresse",
        "an answer comes from another address",
    ),
    variant(
        "no-arguments",
        Act::Arguments(Arguments::Missing),
        5,
        "sans arguments, le client dit comment l’appeler",
        "without arguments, the client says how to call it",
    ),
    variant(
        "bad-port",
        Act::Arguments(Arguments::Port("abc")),
        5,
        "un port qui n’en est pas un est refusé",
        "a port that is none is refused",
    ),
];

impl Variant {
    fn applies(&self, spec: &Spec, base: &ClientCase) -> bool {
        let datagrams = spec.transport == Transport::Udp;
        let talk = base.plays.first().map(|play| &play.talk);
        let asks = talk.is_some_and(|talk| !talk.exchanges.is_empty());
        let several = talk.is_some_and(|talk| talk.exchanges.len() > 1);
        let can_be_cut = matches!(spec.framing, Framing::Lines | Framing::Bytes);
        match self.act {
            Act::Serve(_) => can_be_cut && talk.is_some_and(|talk| talk.can_be_cut()),
            Act::Requests => spec.framing == Framing::Lines && asks,
            // Where nothing is asked, the server's close is the end of its answer, wherever it comes.
            Act::Leave(Leaving::Cut) => {
                !datagrams && asks && talk.is_some_and(|talk| talk.can_be_cut())
            }
            Act::Leave(Leaving::AtOnce) => !datagrams && asks,
            Act::Leave(_) => !datagrams && (asks || self.act == Act::Leave(Leaving::Reset)),
            Act::Answer(BadAnswer::NotUtf8) => true,
            Act::Answer(BadAnswer::Empty) => spec.framing == Framing::Lines && several,
            Act::Arguments(Arguments::Port(_)) => spec.transport != Transport::Unix,
            Act::Refuse | Act::Arguments(_) => true,
            // Where two people talk, `quit` is a word like another.
            Act::End(Ending::Quit(_)) => asks && !talk.is_some_and(|talk| talk.server_may_leave),
            Act::End(_) => asks,
            Act::Lose(Losing::Doubled | Losing::Late) => datagrams && several,
            Act::Lose(_) => datagrams,
        }
    }

    fn of(&self, base: &ClientCase) -> ClientCase {
        let Text { fr, en } = &base.planned.title;
        let law = match self.act {
            Act::Arguments(_) => Law::Program,
            _ => Law::Clients,
        };
        let mut planned = PlannedCase {
            id: format!("{}@{}", base.planned.id, self.name),
            title: Text {
                fr: format!("{fr} — {}", self.fr),
                en: format!("{en} — {}", self.en),
            },
            level: self.level,
            law,
            points: 1,
            after: vec![base.planned.id.clone()],
            hint: Text::default(),
            cause: None,
            version: 1,
            clause: String::new(),
            ..base.planned.clone()
        };
        if law == Law::Program {
            planned.after.clear();
        }
        let with = |act: Act, label: &str, play: &ClientPlay| ClientPlay {
            act,
            label: label.to_owned(),
            ..play.clone()
        };
        let mut plays = Vec::new();
        for play in base.plays.iter().take(1) {
            match self.act {
                Act::End(Ending::EndOfInput) => {
                    plays.push(with(self.act, "", play));
                    plays.push(with(Act::End(Ending::AtOnce), "at once", play));
                }
                Act::End(Ending::Quit(_)) => {
                    for word in ["quit", "QUIT"] {
                        plays.push(with(Act::End(Ending::Quit(word)), word, play));
                    }
                }
                Act::Arguments(Arguments::Port(_)) => {
                    for port in ["abc", "70000"] {
                        plays.push(with(Act::Arguments(Arguments::Port(port)), port, play));
                    }
                }
                act => plays.push(with(act, "", play)),
            }
        }
        ClientCase { planned, plays }
    }
}
