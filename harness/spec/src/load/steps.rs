//! Checks the steps of a dialogue one after the other: what can never happen is a mistake.

use super::cases::{CaseDraft, Source};
use super::connections::Connections;
use super::context::{Context, Located};
use super::exercise::Setting;
use super::words::WordDraft;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::{
    Act, Actor, Dialogue, Event, Item, Pattern, PatternPiece, Segment, Step, Stream,
};
use crate::model::{Framing, Law, Serving, Transport};
use crate::vocabulary::built_in;

/// Reports every step of a case that can never happen, and a case that can never fail.
pub(super) fn check(
    context: &Context<'_>,
    case: &CaseDraft,
    words: &[WordDraft],
    setting: Setting,
) {
    let Source::Dialogue {
        text,
        dialogue,
        is_whole,
    } = &case.source
    else {
        return;
    };
    let checker = Checker {
        context,
        text,
        words,
        setting,
    };
    checker.order(dialogue);
    checker.own_requests(dialogue, case.case().law);
    for step in dialogue.steps() {
        checker.alone(step);
    }
    for item in &dialogue.items {
        if let Item::Either(branches) = item {
            checker.sides(branches);
        }
    }
    // What a wrong line would have said is not known: nothing is said of what is missing.
    if !is_whole {
        return;
    }
    checker.first_words(dialogue);
    checker.numbers(dialogue);
    let is_for_clients = case.case().law == Law::Clients;
    if !dialogue
        .steps()
        .any(|step| expects(step, dialogue, is_for_clients))
    {
        context.report(
            Diagnostic::new(
                &codes::CANNOT_FAIL,
                case.id.span,
                "this case expects nothing, so it cannot fail",
            )
            .help("add what must come: a line of `S`, or `S! close`, or `S! silence`"),
        );
    }
}

/// Whether a step can go wrong by the doing of whoever is graded.
fn expects(step: &Step, dialogue: &Dialogue, is_for_clients: bool) -> bool {
    if matches!(step.act, Act::Event(Event::Wait(_))) {
        return false;
    }
    match step.actor {
        Actor::Server(_) | Actor::Program(Stream::Out | Stream::Err) => true,
        // What a client must send, where a client is graded.
        Actor::Client(_) => {
            is_for_clients
                || dialogue
                    .steps()
                    .any(|step| step.actor == Actor::Program(Stream::In))
        }
        Actor::Program(Stream::In) => false,
    }
}

struct Checker<'a, 's> {
    context: &'a Context<'s>,
    text: &'a Located,
    words: &'a [WordDraft],
    setting: Setting,
}

impl Checker<'_, '_> {
    fn report(&self, diagnostic: Diagnostic) {
        self.context
            .report(diagnostic.moved(|span| self.text.place(span)));
    }

    /// Follows the connections through the dialogue.
    fn order(&self, dialogue: &Dialogue) {
        let mut connections = Connections::default();
        for item in &dialogue.items {
            match item {
                Item::Comment(_) => {}
                Item::Step(step) => {
                    self.in_order(&connections, step);
                    connections.apply(step);
                }
                Item::Either(branches) => {
                    let after = branches.iter().map(|branch| {
                        let mut connections = connections.clone();
                        for step in branch {
                            self.in_order(&connections, step);
                            connections.apply(step);
                        }
                        connections
                    });
                    connections = Connections::certain(after.collect());
                }
                Item::AnyOrder(steps) => {
                    for step in steps {
                        self.in_order(&connections, step);
                    }
                    for step in steps {
                        connections.apply(step);
                    }
                }
            }
        }
    }

    fn in_order(&self, connections: &Connections, step: &Step) {
        if let Some(found) = connections.obstacle(step) {
            self.report(found);
        }
        if let (Actor::Server(number), true) = (step.actor, step.is_message())
            && self.setting.serving != Serving::Parallel
            && self.setting.transport != Transport::Udp
            && let Some(other) = connections.another_is_open(number)
        {
            self.report(
                Diagnostic::new(
                    &codes::SERVED_TOO_EARLY,
                    step.span,
                    format!("client {number} is answered while client {other} stays"),
                )
                .help(format!(
                    "with `serving = \"{}\"`, end connection {other} first",
                    self.setting.serving
                )),
            );
        }
    }

    /// What is wrong with a step wherever it stands.
    fn alone(&self, step: &Step) {
        if self.setting.transport == Transport::None && step.actor.connection().is_some() {
            self.report(
                Diagnostic::new(
                    &codes::NOT_OF_THIS_TRANSPORT,
                    step.span,
                    "nobody connects to this program",
                )
                .help("write what is typed and what shows: `in`, `out` and `err`"),
            );
        }
        match &step.act {
            Act::Line(segments) | Act::Bytes(segments) => self.segments(step, segments),
            Act::Pattern(pattern) => self.pattern(step, pattern),
            Act::Event(event) => self.event(step, *event),
        }
    }

    fn segments(&self, step: &Step, segments: &[Segment]) {
        if segments.len() < 2 {
            return;
        }
        let is_message = step.actor.connection().is_some();
        if is_message && self.setting.framing == Framing::Datagram {
            self.report(
                Diagnostic::new(
                    &codes::CUT_IN_DATAGRAM,
                    step.span,
                    "a datagram cannot be cut into segments",
                )
                .help("write one line a datagram; a literal pipe is `\\|`"),
            );
        } else if segments.iter().any(|Segment(parts)| parts.is_empty()) {
            self.report(
                Diagnostic::new(
                    &codes::EMPTY_SEGMENT,
                    step.span,
                    "nothing stands on one side of a `|`",
                )
                .help("remove the `|`; a literal pipe is `\\|`"),
            );
        }
    }

    /// What a client sends by itself is told in a case for clients, and before all else.
    fn own_requests(&self, dialogue: &Dialogue, law: Law) {
        let first = dialogue
            .items
            .iter()
            .find(|item| !matches!(item, Item::Comment(_)));
        for step in dialogue.steps() {
            if !matches!((step.actor, &step.act), (Actor::Client(_), Act::Pattern(_))) {
                continue;
            }
            let is_first = matches!(first, Some(Item::Step(one)) if std::ptr::eq(one, step));
            let problem = match () {
                () if law != Law::Clients => {
                    "the harness says this line, and a pattern leaves open what"
                }
                () if self.setting.transport == Transport::Udp => {
                    "over UDP whatever datagram comes first is answered"
                }
                () if !is_first => "what a client sends by itself comes before all else",
                () => continue,
            };
            self.report(
                Diagnostic::new(&codes::OWN_REQUEST, step.span, problem)
                    .help("write what is said as exact text: `C:`, or `C>` for bytes"),
            );
        }
    }

    /// Whether the harness can type a pattern.
    fn pattern(&self, step: &Step, pattern: &Pattern) {
        let is_played = step.actor == Actor::Program(Stream::In);
        if is_played && !pattern.0.iter().all(|piece| self.can_be_said(piece)) {
            self.report(
                Diagnostic::new(
                    &codes::CANNOT_BE_SAID,
                    step.span,
                    "the harness cannot play this line: it leaves open what is said",
                )
                .help("write exact text, or a word with a literal canonical form"),
            );
        }
    }

    fn can_be_said(&self, piece: &PatternPiece) -> bool {
        match piece {
            PatternPiece::Literal(_) => true,
            PatternPiece::Regex(_) => false,
            PatternPiece::Name { name, .. } => {
                let word = self.words.iter().find(|word| word.name.text == *name);
                match word.map(|word| word.word.canonical_form()) {
                    Some(Ok(form)) => form.bytes_for(b"").is_some(),
                    // A column, a capture, or a mistake already reported.
                    Some(Err(_)) | None => built_in(name).is_none(),
                }
            }
        }
    }

    fn event(&self, step: &Step, event: Event) {
        let is_right = match step.actor {
            Actor::Client(_) => !matches!(event, Event::Silence | Event::Read | Event::Bound(_)),
            Actor::Server(_) => !matches!(
                event,
                Event::Open | Event::Stall | Event::Resume | Event::Bound(_)
            ),
            Actor::Program(Stream::In) => {
                matches!(event, Event::Fin | Event::Close | Event::Wait(_))
            }
            Actor::Program(stream) => match event {
                Event::Fin | Event::Close | Event::Wait(_) | Event::Silence => true,
                Event::Bound(_) => stream == Stream::Out,
                _ => false,
            },
        };
        if !is_right {
            let who = match step.actor {
                Actor::Client(_) => "a client",
                Actor::Server(_) => "a server",
                Actor::Program(Stream::In) => "the standard input",
                Actor::Program(_) => "an output",
            };
            let help = match (step.actor, event) {
                (_, Event::Bound(_)) => {
                    "ports are read in what the program prints: `out! bound udp`"
                }
                (Actor::Client(_), Event::Read) => "reading is awaited of the server: `S! read`",
                (Actor::Client(_), _) => "silence is awaited of the server: `S! silence`",
                (Actor::Server(_), Event::Open) => "connections are made by clients: `C! open`",
                (Actor::Server(_), _) => "write it for the client: `C! stall`, `C! resume`",
                (Actor::Program(Stream::In), _) => "the standard input ends with `in! close`",
                (Actor::Program(_), _) => "an output ends with `out! close`, or stays silent",
            };
            self.report(
                Diagnostic::new(
                    &codes::WRONG_ACTOR,
                    step.span,
                    format!("`{}` is nothing that {who} does", event.keyword()),
                )
                .help(help),
            );
        } else if self.setting.transport == Transport::Udp {
            self.event_without_connection(step, event);
        }
    }

    fn event_without_connection(&self, step: &Step, event: Event) {
        let is_wrong = match step.actor {
            Actor::Client(_) => matches!(event, Event::Fin | Event::Reset),
            Actor::Server(_) => matches!(event, Event::Fin | Event::Reset | Event::Close),
            Actor::Program(_) => false,
        };
        if is_wrong {
            self.report(
                Diagnostic::new(
                    &codes::NOT_OF_THIS_TRANSPORT,
                    step.span,
                    format!("UDP has no connection, so no `{}`", event.keyword()),
                )
                .help("a client's socket ends with `C! close`; a server stays `silence`"),
            );
        }
    }

    /// The branch is chosen by what the side under test does first.
    fn sides(&self, branches: &[Vec<Step>]) {
        let mut first: Option<&Step> = None;
        for step in branches.iter().filter_map(|branch| branch.first()) {
            let Some(known) = first else {
                // The program's outputs go with either side.
                if !matches!(step.actor, Actor::Program(Stream::Out | Stream::Err)) {
                    first = Some(step);
                }
                continue;
            };
            let same = match (known.actor, step.actor) {
                (_, Actor::Program(Stream::Out | Stream::Err)) => true,
                (known, other) => std::mem::discriminant(&known) == std::mem::discriminant(&other),
            };
            if !same {
                self.report(
                    Diagnostic::new(
                        &codes::BRANCHES_OF_TWO_SIDES,
                        step.span,
                        "this branch begins with another side",
                    )
                    .other(known.span, "this one begins here")
                    .help("the branch is chosen by what one side does first"),
                );
            }
        }
    }

    fn first_words(&self, dialogue: &Dialogue) {
        if self.setting.server_first || self.setting.transport == Transport::Udp {
            return;
        }
        let first = dialogue
            .steps()
            .find(|step| !matches!(step.act, Act::Event(Event::Open | Event::Wait(_))));
        if let Some(step) = first
            && matches!(step.actor, Actor::Server(_))
            && step.is_message()
        {
            self.report(
                Diagnostic::new(
                    &codes::SERVER_SPEAKS_FIRST,
                    step.span,
                    "the server speaks first, but `server-first` is not set",
                )
                .help("add `server-first = true`, or let the client begin"),
            );
        }
    }

    fn numbers(&self, dialogue: &Dialogue) {
        let numbers = dialogue.connections();
        let skipped = (1u8..)
            .zip(&numbers)
            .find(|(wanted, number)| wanted != *number);
        if let Some((wanted, number)) = skipped
            && let Some(step) = dialogue
                .steps()
                .find(|step| step.actor.connection() == Some(*number))
        {
            self.report(
                Diagnostic::new(
                    &codes::SKIPPED_NUMBER,
                    step.span,
                    format!("connection {number} is used, and there is no connection {wanted}"),
                )
                .help(format!("number it {wanted}")),
            );
        }
    }
}
