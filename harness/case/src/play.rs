//! One dialogue ready to be played: bytes to send and expectations to hold answers against.
//!
//! A [`Play`] holds nothing that the engine could still have to reject.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use sockspec_spec::Spec;
use sockspec_spec::dialogue::Protocol;
use sockspec_spec::model::{Framing, Text};

use crate::expect::Expectation;
use crate::loss::Network;
use crate::pattern::{Captures, Row};
use crate::program::Stream;
use crate::script::Script;
use crate::style::Style;

/// One dialogue.
#[derive(Clone, Debug)]
pub struct Play {
    /// Which of the case's plays it is, in words that need no translation (`key=" fa"`, `cut 7`).
    pub label: String,
    /// What is played.
    pub steps: Steps,
    /// How the harness's bytes are cut into segments.
    pub cut: Cut,
    /// The target's style.
    pub style: Arc<Style>,
    /// The exercise's framing.
    pub framing: Framing,
    /// Whether only canonical answers are right.
    pub strict: bool,
    /// Whether the server's first words belong to the protocol.
    pub server_first: bool,
    /// Whether targets have a style of their own, which forgives white space around answers.
    pub styled: bool,
    /// What the harness does when the last step is done.
    pub ending: Ending,
    /// The network in between, where it is not a perfect one. Datagrams only.
    pub network: Option<Arc<Network>>,
}

impl Play {
    /// The same play, with these values where it sends what no earlier answer bound.
    pub fn knowing(mut self, values: &Row) -> Self {
        if let Steps::Fixed(steps) = &self.steps {
            let mut steps = steps.to_vec();
            for step in &mut steps {
                if let Step::Send(_, payloads) = step {
                    payloads.iter_mut().for_each(|payload| payload.fill(values));
                }
            }
            self.steps = Steps::Fixed(steps.into());
        }
        self
    }

    /// What a fixed play sends, one item a send.
    pub fn sends(&self) -> Vec<Vec<u8>> {
        let Steps::Fixed(steps) = &self.steps else {
            return Vec::new();
        };
        let bytes = |payloads: &[Payload]| {
            payloads
                .iter()
                .flat_map(|one| one.bytes(&Captures::new()))
                .collect()
        };
        steps
            .iter()
            .filter_map(|step| match step {
                Step::Send(_, payloads) => Some(bytes(payloads)),
                _ => None,
            })
            .collect()
    }

    /// How many bytes the play may make the target send, where that is known: they are no flood.
    pub fn expected_bytes(&self) -> usize {
        fn of(step: &Step) -> usize {
            match step {
                Step::Expect(_, Expectation::Text(bytes) | Expectation::Bytes(bytes)) => {
                    bytes.len()
                }
                Step::Either(branches) => branches.iter().flatten().map(of).sum(),
                Step::AnyOrder(steps) => steps.iter().map(of).sum(),
                _ => 0,
            }
        }
        match &self.steps {
            Steps::Fixed(steps) => steps.iter().map(of).sum(),
            // A script may ask for each file many times.
            Steps::Script(_, spec) => {
                16 * spec
                    .data
                    .files
                    .values()
                    .map(|file| file.len())
                    .sum::<usize>()
            }
        }
    }

    /// Whether a fixed play has steps on the program's own streams.
    pub fn has_streams(&self) -> bool {
        match &self.steps {
            Steps::Fixed(steps) => steps.iter().any(Step::is_on_streams),
            Steps::Script(..) => false,
        }
    }

    /// Whether the program of a fixed play has a user and clients, who both speak.
    pub fn talks_to_two(&self) -> bool {
        let Steps::Fixed(steps) = &self.steps else {
            return false;
        };
        let is_typed = steps.iter().any(|step| matches!(step, Step::Type(_)));
        is_typed && steps.iter().any(|step| step.connection().is_some())
    }

    /// Whether every line that a fixed play sends is awaited on the program's output: when it went well, nothing of
    /// it is still to show.
    pub fn awaits_all_lines(&self) -> bool {
        let Steps::Fixed(steps) = &self.steps else {
            return false;
        };
        let is_line = |step: &&Step| matches!(step, Step::Shows(..));
        let sent = self.sends();
        let lines = sent.iter().flatten().filter(|byte| **byte == b'\n');
        let are_whole = sent.iter().all(|one| one.ends_with(b"\n"));
        are_whole && lines.count() == steps.iter().filter(is_line).count()
    }

    /// Whether a client of a fixed play leaves without ever waiting for an answer.
    pub fn leaves_unheard(&self, connection: u8) -> bool {
        let Steps::Fixed(steps) = &self.steps else {
            return false;
        };
        let own = |step: &&Step| step.connection() == Some(connection);
        let speaks = |step: &Step| matches!(step, Step::Open(_) | Step::Send(..) | Step::Do(..));
        steps.iter().filter(own).all(speaks)
            && steps
                .iter()
                .any(|step| matches!(step, Step::Do(own, Deed::Close) if *own == connection))
    }

    /// Whether two answers follow one another with no question between: only their ends tell them
    /// apart. Bytes that a line announces need none.
    pub fn takes_delimited_answers(&self) -> bool {
        let Steps::Fixed(steps) = &self.steps else {
            return false;
        };
        let is_answer = |step: &Step| {
            matches!(step, Step::Expect(..))
                || matches!(step, Step::Either(branches) if branches.iter().any(|branch| {
                    branch.iter().any(|step| matches!(step, Step::Expect(..)))
                }))
        };
        let is_body = |step: &Step| {
            self.framing == Framing::Lines && matches!(step, Step::Expect(_, Expectation::Bytes(_)))
        };
        let twice = |branch: &Vec<Step>| {
            let lines = branch.iter().filter(|step| !is_body(step));
            lines.filter(|step| is_answer(step)).count() > 1
        };
        let lines: Vec<&Step> = steps.iter().filter(|step| !is_body(step)).collect();
        lines
            .windows(2)
            .any(|two| is_answer(two[0]) && is_answer(two[1]))
            || steps.iter().any(|step| match step {
                Step::Either(branches) => branches.iter().any(twice),
                _ => false,
            })
    }
}

/// What is played.
#[derive(Clone, Debug)]
pub enum Steps {
    /// These steps, in order.
    Fixed(Arc<[Step]>),
    /// What a script decides from the answers.
    Script(Arc<Script>, Arc<Spec>),
}

/// One step, seen from the harness.
#[derive(Clone, Debug)]
pub enum Step {
    /// Connects (a send or an expectation on a connection that is not open connects first).
    Open(u8),
    /// Sends bytes; each item is a segment of its own, the play's [`Cut`] may cut them further.
    Send(u8, Vec<Payload>),
    /// Sends as much of these bytes as the target takes while the harness does not read.
    Fill(u8, Payload),
    /// Waits for an answer.
    Expect(u8, Expectation),
    /// Waits for the end of the connection.
    ExpectEnd(u8, End),
    /// Nothing may come.
    ExpectSilence(u8),
    /// All that was sent must be read.
    ExpectRead(u8),
    /// Takes whatever comes until nothing more does (style discovery).
    Collect(u8),
    /// Takes whatever comes until nothing more does, and judges none of it. Datagrams only.
    Drain(u8),
    /// Something that the harness does to the connection.
    Do(u8, Deed),
    /// Types this on the program's standard input.
    Type(Payload),
    /// Ends the program's standard input.
    EndInput,
    /// Waits until the program shows something on one of its outputs.
    Shows(Stream, Expectation),
    /// The program must show nothing more there.
    ShowsNothing(Stream),
    /// Waits for the program's end; where it must be a good one, with exit code 0.
    Ends {
        /// Whether it must be a good one.
        well: bool,
    },
    /// The program must have shown the port of a socket of this protocol that is bound, and that the system chose.
    Bound(Protocol),
    /// One of these, tried in order.
    Either(Vec<Vec<Step>>),
    /// All of these, in whatever order they come.
    AnyOrder(Vec<Step>),
    /// Lets time pass: only where the passing of time is the point.
    Wait(Duration),
    /// What a script saw is right, and not what the reference server says.
    NonStrict,
    /// A script's own verdict.
    Fail(Text),
}

impl Step {
    /// The connection that the step is on.
    pub fn connection(&self) -> Option<u8> {
        match self {
            Step::Open(connection)
            | Step::Send(connection, _)
            | Step::Fill(connection, _)
            | Step::Expect(connection, _)
            | Step::ExpectEnd(connection, _)
            | Step::ExpectSilence(connection)
            | Step::ExpectRead(connection)
            | Step::Collect(connection)
            | Step::Drain(connection)
            | Step::Do(connection, _) => Some(*connection),
            Step::Either(branches) => branches.iter().flatten().find_map(Step::connection),
            Step::AnyOrder(steps) => steps.iter().find_map(Step::connection),
            Step::Type(_)
            | Step::EndInput
            | Step::Shows(..)
            | Step::ShowsNothing(_)
            | Step::Ends { .. }
            | Step::Bound(_)
            | Step::Wait(_)
            | Step::NonStrict
            | Step::Fail(_) => None,
        }
    }

    /// Whether it is about the program's own streams, or holds such a step.
    pub fn is_on_streams(&self) -> bool {
        match self {
            Step::Type(_)
            | Step::EndInput
            | Step::Shows(..)
            | Step::ShowsNothing(_)
            | Step::Ends { .. }
            | Step::Bound(_) => true,
            Step::Either(branches) => branches.iter().flatten().any(Step::is_on_streams),
            Step::AnyOrder(steps) => steps.iter().any(Step::is_on_streams),
            _ => false,
        }
    }
}

/// Bytes of one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload(pub Vec<PayloadPart>);

/// A piece of a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayloadPart {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// What an earlier answer bound.
    Captured(String),
}

impl Payload {
    /// Puts values in the place of their names.
    fn fill(&mut self, values: &Row) {
        for part in &mut self.0 {
            if let PayloadPart::Captured(name) = part
                && let Some(value) = values.get(name)
            {
                *part = PayloadPart::Bytes(value.as_slice().into());
            }
        }
    }

    /// A payload of constant bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        Payload(vec![PayloadPart::Bytes(bytes.into())])
    }

    /// Whether it is the same whatever was captured.
    pub fn is_constant(&self) -> bool {
        let is_bytes = |part: &PayloadPart| matches!(part, PayloadPart::Bytes(_));
        self.0.iter().all(is_bytes)
    }

    /// The bytes, with what was captured.
    pub fn bytes(&self, captures: &Captures) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in &self.0 {
            match part {
                PayloadPart::Bytes(constant) => bytes.extend_from_slice(constant),
                PayloadPart::Captured(name) => {
                    bytes.extend_from_slice(captures.get(name).map_or(&[][..], |value| value));
                }
            }
        }
        bytes
    }
}

/// Which end of a connection is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// FIN (an RST is accepted, not canonical).
    Fin,
    /// RST.
    Reset,
    /// Either.
    Any,
}

/// Something that the harness does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Ends its direction.
    Fin,
    /// Resets.
    Reset,
    /// Ends its direction and resets at once, even if the target has not read what was sent: what the
    /// target writes then is refused.
    Abort,
    /// Closes.
    Close,
    /// Stops reading.
    Stall,
    /// Reads again.
    Resume,
}

/// Where the harness's bytes are cut, as offsets into all that one client sends.
///
/// A set, because a set shrinks well: taking a cut out moves no other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cut {
    /// Each send is one segment.
    #[default]
    Whole,
    /// One byte a segment.
    EveryByte,
    /// A cut before each of these offsets (0-based).
    At(BTreeSet<usize>),
}

impl Cut {
    /// Cuts `bytes`, the first of which is byte `offset` of all that the client sends.
    pub fn apply(&self, bytes: Vec<u8>, offset: usize) -> Vec<Vec<u8>> {
        match self {
            Cut::Whole => vec![bytes],
            Cut::EveryByte => bytes.into_iter().map(|byte| vec![byte]).collect(),
            Cut::At(offsets) => {
                let mut segments = Vec::new();
                let mut start = 0;
                for cut in offsets.range(offset + 1..offset + bytes.len().max(1)) {
                    segments.push(bytes[start..cut - offset].to_vec());
                    start = cut - offset;
                }
                segments.push(bytes[start..].to_vec());
                segments
            }
        }
    }
}

/// What the harness does when the last step is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Closes its connections and does not look back.
    Leave,
    /// Half-closes, and waits for the target's end: the closing gets a verdict of its own.
    Observe,
    /// Keeps the connection for the next case.
    Keep,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cutting_loses_nothing(
            bytes in prop::collection::vec(any::<u8>(), 0..64),
            offset in 0usize..32,
            cuts in prop::collection::btree_set(0usize..96, 0..12),
        ) {
            for cut in [Cut::Whole, Cut::EveryByte, Cut::At(cuts.clone())] {
                let segments = cut.apply(bytes.clone(), offset);
                prop_assert_eq!(segments.concat(), bytes.clone());
                prop_assert!(bytes.is_empty() || segments.iter().all(|one| !one.is_empty()));
            }
        }
    }
}
