//! What is certain of each connection at one point of a dialogue.

use std::collections::BTreeMap;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::{Act, Actor, Event, Span, Step};

/// The connections of a dialogue, by number.
#[derive(Clone, Default)]
pub(super) struct Connections(BTreeMap<u8, Connection>);

#[derive(Clone, Copy, Default)]
struct Connection {
    client: End,
    server: End,
    /// `None` where branches differ.
    stalled: Option<bool>,
}

/// How far a side has ended its connection, and where.
#[derive(Clone, Copy, Default)]
enum End {
    #[default]
    Going,
    /// Says no more, but hears.
    Fin(Span),
    /// Neither says nor hears any more.
    Closed(Span),
    /// And nothing that was on its way arrives.
    Reset(Span),
}

impl End {
    fn place(self) -> Option<Span> {
        match self {
            Self::Going => None,
            Self::Fin(place) | Self::Closed(place) | Self::Reset(place) => Some(place),
        }
    }

    fn is_over(self) -> bool {
        !matches!(self, Self::Going)
    }

    fn hears(self) -> bool {
        matches!(self, Self::Going | Self::Fin(_))
    }

    /// How far this is, without the place.
    fn rank(self) -> u8 {
        match self {
            Self::Going => 0,
            Self::Fin(_) => 1,
            Self::Closed(_) => 2,
            Self::Reset(_) => 3,
        }
    }
}

impl Connections {
    /// What the step does to its connection.
    pub(super) fn apply(&mut self, step: &Step) {
        let Some(number) = step.actor.connection() else {
            return;
        };
        if let Act::Event(Event::Wait(_)) = step.act {
            // Time passes; nobody connects by it.
            return;
        }
        let connection = self.0.entry(number).or_insert(Connection {
            stalled: Some(false),
            ..Connection::default()
        });
        let Act::Event(event) = step.act else {
            return;
        };
        let end = match event {
            Event::Fin => End::Fin(step.span),
            Event::Close => End::Closed(step.span),
            Event::Reset => End::Reset(step.span),
            Event::Stall | Event::Resume => {
                connection.stalled = Some(event == Event::Stall);
                return;
            }
            Event::Open | Event::Wait(_) | Event::Silence | Event::Read | Event::Bound(_) => return,
        };
        let side = match step.actor {
            Actor::Server(_) => &mut connection.server,
            _ => &mut connection.client,
        };
        if end.rank() > side.rank() {
            *side = end;
        }
    }

    /// What is certain after one of several branches: what all of them have in common.
    pub(super) fn certain(branches: Vec<Self>) -> Self {
        let mut branches = branches.into_iter();
        let Some(mut certain) = branches.next() else {
            return Self::default();
        };
        for other in branches {
            certain.0.retain(|number, _| other.0.contains_key(number));
            for (number, connection) in &mut certain.0 {
                let Some(theirs) = other.0.get(number) else {
                    continue;
                };
                for (mine, theirs) in [
                    (&mut connection.client, theirs.client),
                    (&mut connection.server, theirs.server),
                ] {
                    if theirs.rank() < mine.rank() {
                        *mine = theirs;
                    }
                }
                if connection.stalled != theirs.stalled {
                    connection.stalled = None;
                }
            }
        }
        certain
    }

    /// The lowest connection but this one that is in use and that neither side has ended.
    pub(super) fn another_is_open(&self, number: u8) -> Option<u8> {
        self.0
            .iter()
            .find(|(other, connection)| {
                **other < number && !connection.client.is_over() && !connection.server.is_over()
            })
            .map(|(other, _)| *other)
    }

    /// Why the step cannot happen on its connection, if it cannot.
    pub(super) fn obstacle(&self, step: &Step) -> Option<Diagnostic> {
        let number = step.actor.connection()?;
        let connection = self.0.get(&number)?;
        let is_client = matches!(step.actor, Actor::Client(_));
        match step.act {
            // What this actor never does is reported elsewhere.
            Act::Event(Event::Open | Event::Stall | Event::Resume) if !is_client => None,
            Act::Event(Event::Silence | Event::Read) if is_client => None,
            Act::Event(Event::Open) => Some(
                Diagnostic::new(
                    &codes::ALREADY_OPEN,
                    step.span,
                    format!("connection {number} is in use already"),
                )
                .help("a client connects at its first line; a second connection is `C2`"),
            ),
            Act::Event(Event::Wait(_)) => {
                let is_over = connection.client.is_over() && connection.server.is_over();
                is_over.then(|| wait_after(step, number, connection))
            }
            Act::Event(Event::Silence | Event::Read) => {
                let is_over = connection.server.is_over() || !connection.client.hears();
                is_over.then(|| wait_after(step, number, connection))
            }
            Act::Event(event @ (Event::Stall | Event::Resume)) => {
                if let Some(place) = connection
                    .client
                    .place()
                    .filter(|_| !connection.client.hears())
                {
                    return Some(after_the_end(step, number, place));
                }
                let wants = event == Event::Resume;
                connection
                    .stalled
                    .is_some_and(|stalled| stalled != wants)
                    .then(|| not_stalled(step, event))
            }
            Act::Event(Event::Fin) => own_end(step, number, connection, End::is_over),
            Act::Event(_) => own_end(step, number, connection, |end| !end.hears()),
            _ => {
                let (own, other) = sides(step, connection);
                let other_is_deaf = match step.actor {
                    Actor::Server(_) => !other.hears(),
                    // A client may still send what a server that closed will never read.
                    _ => matches!(other, End::Reset(_)),
                };
                let place = own.place().or(other.place().filter(|_| other_is_deaf))?;
                Some(after_the_end(step, number, place))
            }
        }
    }
}

fn sides(step: &Step, connection: &Connection) -> (End, End) {
    match step.actor {
        Actor::Server(_) => (connection.server, connection.client),
        _ => (connection.client, connection.server),
    }
}

fn own_end(
    step: &Step,
    number: u8,
    connection: &Connection,
    is_wrong: impl Fn(End) -> bool,
) -> Option<Diagnostic> {
    let (own, _) = sides(step, connection);
    let place = own.place().filter(|_| is_wrong(own))?;
    Some(after_the_end(step, number, place))
}

fn after_the_end(step: &Step, number: u8, place: Span) -> Diagnostic {
    Diagnostic::new(
        &codes::AFTER_THE_END,
        step.span,
        format!("this comes after the end of connection {number}"),
    )
    .other(place, "it ends here")
    .help(format!(
        "move the line up, or use a new connection: `C{}`",
        number.saturating_add(1)
    ))
}

fn wait_after(step: &Step, number: u8, connection: &Connection) -> Diagnostic {
    let found = Diagnostic::new(
        &codes::WAIT_AFTER_THE_END,
        step.span,
        format!("nothing can come any more on connection {number}"),
    );
    let place = connection.server.place().or(connection.client.place());
    match place {
        Some(place) => found.other(place, "it ends here"),
        None => found,
    }
    .help("remove the line, or write it on another connection")
}

fn not_stalled(step: &Step, event: Event) -> Diagnostic {
    let (message, help) = match event {
        Event::Stall => ("this client has stalled already", "write `resume` first"),
        _ => ("this client has not stalled", "write `stall` first"),
    };
    Diagnostic::new(&codes::NOT_STALLED, step.span, message).help(help)
}
