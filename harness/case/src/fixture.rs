//! Specs and targets for this crate's tests: a target is a function from bytes to bytes.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use sockspec_spec::Spec;
use sockspec_spec::model::Word;

use crate::loss::{Crossing, Direction, Mask, Wire};
use crate::play::{Deed, Play};
use crate::player::{Action, Input, Outcome, Player, STREAMS};
use crate::port::PortSeen;
use crate::transcript::{Barrier, Event, Kind, Silence, Transcript};

/// A spec of lines over TCP whose control case, `words`, is this dialogue.
pub fn lines(dialogue: &str) -> Spec {
    of("tcp", "lines", "protocol", dialogue)
}

/// The same, graded by which is a client.
pub fn clients(dialogue: &str) -> Spec {
    of("tcp", "lines", "clients", dialogue)
}

/// The same of datagrams over UDP.
pub fn datagrams(dialogue: &str) -> Spec {
    of("udp", "datagram", "protocol", dialogue)
}

/// The same of a program to which nobody connects.
pub fn on_streams(dialogue: &str) -> Spec {
    of("none", "lines", "protocol", dialogue)
}

fn of(transport: &str, framing: &str, law: &str, dialogue: &str) -> Spec {
    let needs = match transport {
        "none" => "run",
        _ => "address",
    };
    let source = format!(
        r#"
id = "fixture"
title = {{ fr = "f", en = "f" }}
summary = {{ fr = "f", en = "f" }}
source = "none"
transport = "{transport}"
framing = "{framing}"
serving = "one-shot"
port = 50000
control = "words"
[[case]]
id = "words"
level = 1
law = "{law}"
needs = "{needs}"
clause = "none"
title = {{ fr = "f", en = "f" }}
dialogue = """
{dialogue}
"""
"#
    );
    let (spec, diagnostics) = sockspec_spec::load("fixture.toml", &source);
    spec.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// A small spec with these words.
pub fn spec(words: &[(&str, Word)]) -> Spec {
    let mut spec = lines("C: a\nS: A");
    for (name, word) in words {
        spec.vocabulary.insert((*name).to_owned(), word.clone());
    }
    spec
}

/// What a target says to a segment; the state is what the connection keeps between segments.
pub type Respond<'a> = &'a dyn Fn(&mut Vec<u8>, &[u8]) -> Vec<u8>;

/// A server without sockets: what it says on connection, and what it says to each segment.
pub struct Target<'a> {
    /// Said on connection.
    pub greeting: &'a str,
    /// Said to a segment.
    pub answer: Respond<'a>,
}

/// Answers each whole line with what `answer` makes of it; keeps the rest for the next segment.
pub fn by_line(kept: &mut Vec<u8>, segment: &[u8], answer: &dyn Fn(&str) -> String) -> Vec<u8> {
    kept.extend_from_slice(segment);
    let mut said = Vec::new();
    while let Some(end) = kept.iter().position(|byte| *byte == b'\n') {
        let line: Vec<u8> = kept.drain(..=end).collect();
        let text = String::from_utf8_lossy(&line);
        said.extend(answer(text.trim_end_matches(['\r', '\n'])).into_bytes());
    }
    said
}

/// Plays a dialogue against a target; the transcript can be judged again.
pub fn drive(play: &Play, target: &Target<'_>) -> (Outcome, Transcript) {
    let mut player = Player::new(play, 0);
    let mut transcript = Transcript::default();
    let mut pending: BTreeMap<u8, VecDeque<Kind>> = BTreeMap::new();
    let mut kept: BTreeMap<u8, Vec<u8>> = BTreeMap::new();
    let mask = play.network.as_ref().map(|network| network.mask.clone());
    let mut wires: BTreeMap<u8, Wire<Mask>> = BTreeMap::new();
    loop {
        let mut happen = |connection: u8, kind: Kind| {
            let input: Option<Input> = crate::judge::input(&kind);
            transcript.events.push(Event {
                at: Duration::ZERO,
                connection,
                kind,
            });
            input
        };
        match player.next_action() {
            Action::Connect(connection) => {
                let queue = pending.entry(connection).or_default();
                if !target.greeting.is_empty() {
                    queue.push_back(Kind::Received(target.greeting.as_bytes().to_vec()));
                }
                if let Some(input) = happen(connection, Kind::Opened) {
                    player.feed(connection, input, Duration::ZERO);
                }
            }
            Action::Send(connection, segments) => {
                let wire = wires
                    .entry(connection)
                    .or_insert_with(|| Wire::new(mask.clone().unwrap_or_default()));
                for bytes in segments {
                    if mask.is_some() {
                        let queue = pending.entry(connection).or_default();
                        let state = kept.entry(connection).or_default();
                        let mut answer = |bytes: &[u8]| (target.answer)(state, bytes);
                        for kind in cross(wire, bytes, queue, &mut answer) {
                            happen(connection, kind);
                        }
                        continue;
                    }
                    let said = (target.answer)(kept.entry(connection).or_default(), &bytes);
                    happen(
                        connection,
                        Kind::Sent {
                            bytes,
                            barrier: Barrier::Kernel,
                        },
                    );
                    if !said.is_empty() {
                        pending
                            .entry(connection)
                            .or_default()
                            .push_back(Kind::Received(said));
                    }
                }
            }
            Action::Await(connection, _) => {
                let queue = pending.entry(connection).or_default();
                let kind = queue.pop_front().unwrap_or(Kind::Quiet(Silence::Blocked));
                if let Some(input) = happen(connection, kind) {
                    player.feed(connection, input, Duration::ZERO);
                }
            }
            Action::Type(bytes) => {
                happen(STREAMS, Kind::Typed(bytes));
            }
            Action::EndInput => {
                happen(STREAMS, Kind::TypedEnd);
            }
            Action::AskPorts(protocol, ports) => {
                let free = |port| PortSeen {
                    port,
                    bound: false,
                    given: true,
                };
                let seen = ports.into_iter().map(free).collect();
                if let Some(input) = happen(STREAMS, Kind::Ports(protocol, seen)) {
                    player.feed(STREAMS, input, Duration::ZERO);
                }
            }
            Action::Do(connection, deed) => {
                if deed == Deed::Fin {
                    pending.entry(connection).or_default().push_back(Kind::Fin);
                }
                happen(connection, Kind::SentFin);
            }
            Action::Wait(_) | Action::Fill(..) => {}
            Action::Done => return (player.into_outcome(), transcript),
        }
    }
}

/// Sends a datagram over a network to a target that answers each at once. Returns what is seen of it;
/// what comes back, and what is lost, waits in the queue.
fn cross(
    wire: &mut Wire<Mask>,
    bytes: Vec<u8>,
    queue: &mut VecDeque<Kind>,
    answer: &mut dyn FnMut(&[u8]) -> Vec<u8>,
) -> Vec<Kind> {
    let mut seen = Vec::new();
    for one in wire.carry(Direction::ToServer, bytes) {
        let (direction, bytes) = (one.direction, one.bytes);
        match one.crossing {
            Crossing::Lost => queue.push_back(Kind::Lost { direction, bytes }),
            Crossing::Held => seen.push(Kind::Held { direction, bytes }),
            _ => {
                let said = answer(&bytes);
                seen.push(Kind::Sent {
                    bytes,
                    barrier: Barrier::None,
                });
                if said.is_empty() {
                    continue;
                }
                for back in wire.carry(Direction::ToClient, said) {
                    let (direction, bytes) = (back.direction, back.bytes);
                    queue.push_back(match back.crossing {
                        Crossing::Lost => Kind::Lost { direction, bytes },
                        Crossing::Held => Kind::Held { direction, bytes },
                        _ => Kind::Received(bytes),
                    });
                }
            }
        }
    }
    seen
}
