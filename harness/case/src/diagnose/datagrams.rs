//! What failures with datagrams mean: who was answered, how often, and what was asked before.
//!
//! The transcript goes on after the verdict until nothing more comes, so that what is counted here does
//! not depend on how quick anybody was.

use crate::diagnosis::{Cause, Finding};
use crate::loss::Direction;
use crate::player::{Failure, Input};
use crate::transcript::{Kind, Transcript};

/// The datagrams of one connection.
struct Traffic<'t> {
    sent: Vec<&'t [u8]>,
    received: Vec<&'t [u8]>,
}

impl<'t> Traffic<'t> {
    fn of(transcript: &'t Transcript, connection: u8) -> Self {
        let events = transcript.events.iter();
        let kinds = events
            .filter(|event| event.connection == connection)
            .map(|event| &event.kind);
        let (mut sent, mut received) = (Vec::new(), Vec::new());
        for kind in kinds {
            match kind {
                Kind::Sent { bytes, .. } | Kind::Doubled(bytes) => sent.push(bytes.as_slice()),
                // What the harness took no notice of, the target sent all the same.
                Kind::Received(bytes)
                | Kind::Lost {
                    direction: Direction::ToClient,
                    bytes,
                } => received.push(bytes.as_slice()),
                _ => {}
            }
        }
        Traffic { sent, received }
    }

    /// Whether the last question was asked before, and answered then.
    fn repeats(&self) -> bool {
        match self.sent.split_last() {
            Some((last, earlier)) => earlier.contains(last),
            None => false,
        }
    }
}

/// The cause that the traffic shows by itself; `None` where only the bytes of the answer can say more.
pub(super) fn cause(failure: &Failure, transcript: &Transcript) -> Option<Cause> {
    let traffic = Traffic::of(transcript, failure.connection);
    match &failure.finding {
        Finding::FromElsewhere { .. } => Some(Cause::RepliesFromElsewhere),
        // Others answered both: which it is, the sibling variants say.
        Finding::NoAnswer { .. } if traffic.repeats() => Some(Cause::IgnoresRepeats),
        Finding::Mismatch | Finding::Extra => out_of_step(failure, transcript, &traffic),
        _ => None,
    }
}

/// An answer that came to the wrong question, to the wrong client, or once too often.
fn out_of_step(failure: &Failure, transcript: &Transcript, traffic: &Traffic<'_>) -> Option<Cause> {
    let actual = failure.actual.as_slice();
    if actual.is_empty() || actual == failure.expected {
        return None;
    }
    let others = others(transcript, failure.connection);
    let asked_here = traffic.sent.iter().any(|sent| resembles(sent, actual));
    let asked_elsewhere =
        |other: &Traffic<'_>| other.sent.iter().any(|sent| resembles(sent, actual));
    if !asked_here && others.iter().any(asked_elsewhere) {
        return Some(Cause::RepliesToWrongClient);
    }
    if traffic.received.len() > traffic.sent.len() {
        // Whoever doubles does so for every client.
        let doubled = |other: &Traffic<'_>| other.received.len() >= 2 * other.sent.len();
        return Some(match others.iter().all(doubled) {
            true => Cause::AnswersTwice,
            false => Cause::RepliesToWrongClient,
        });
    }
    let times = traffic
        .received
        .iter()
        .filter(|one| **one == actual)
        .count();
    // Where no text is asked for, the same again is no answer to an earlier question.
    (times > 1 && !failure.expected.is_empty()).then_some(Cause::AnswersLate)
}

/// The traffic of all other connections.
fn others(transcript: &Transcript, connection: u8) -> Vec<Traffic<'_>> {
    let mut numbers: Vec<u8> = transcript
        .events
        .iter()
        .map(|event| event.connection)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.retain(|number| *number != connection);
    let traffic = numbers
        .into_iter()
        .map(|number| Traffic::of(transcript, number));
    traffic.collect()
}

/// Whether an answer is made of this question, in capitals or not.
fn resembles(question: &[u8], answer: &[u8]) -> bool {
    let small = |bytes| String::from_utf8_lossy(bytes).to_lowercase();
    question == answer || small(question) == small(answer)
}

/// One case stopped the service for everybody. Where it is a variant, its questions were answered
/// before: what they hold did not do it.
pub(super) fn death(transcript: &Transcript, cause: Cause, variant: &str) -> Cause {
    match () {
        () if left_unanswered(transcript) => Cause::DiesOfVanishedClient,
        () if !variant.is_empty() => Cause::ServiceDies,
        () if super::has_invalid_utf8(&transcript.sent(1)) => Cause::DiesOnInvalidUtf8,
        () if ends_with_an_empty_one(transcript) => Cause::StopsAtEmptyDatagram,
        () if super::is_general(cause) => Cause::ServiceDies,
        () => match cause {
            Cause::NotJudged | Cause::NotListening => Cause::ServiceDies,
            other => other,
        },
    }
}

/// Whether an empty datagram was sent and no answer came from then on.
pub(super) fn ends_with_an_empty_one(transcript: &Transcript) -> bool {
    let is_empty = |kind: &Kind| kind.sent().is_some_and(Vec::is_empty);
    let events = &transcript.events;
    let first = events.iter().position(|event| is_empty(&event.kind));
    let came = |at: usize| {
        let mut rest = events[at..].iter();
        rest.any(|event| matches!(event.kind, Kind::Received(_)))
    };
    first.is_some_and(|at| !came(at))
}

/// Whether a client had left before its answers came, while the dialogue was still going on.
fn left_unanswered(transcript: &Transcript) -> bool {
    let mut events = transcript.events.iter();
    let closed = events
        .by_ref()
        .take_while(|event| event.kind != Kind::Judged)
        .filter(|event| event.kind == Kind::Closed);
    let mut gone = closed.map(|event| event.connection);
    gone.any(|connection| {
        let own = || (transcript.events.iter()).filter(|event| event.connection == connection);
        own().any(|event| event.kind.sent().is_some())
            && !own().any(|event| {
                crate::judge::input(&event.kind).is_some_and(|input| input != Input::Opened)
            })
    })
}

/// Settles what one variant alone cannot tell: a server that does not answer the second of two equal
/// datagrams ignores repeats, or looks at the last of those that wait. The first fails where the
/// repeats come one after another, too.
pub(super) fn settle(cause: Cause, variant: &str, sibling: &dyn Fn(&str) -> bool) -> Cause {
    let asked_at_once = matches!(variant, "doubled" | "reordered" | "many-clients");
    match cause {
        Cause::IgnoresRepeats | Cause::NeverAnswers if asked_at_once && !sibling("loss") => {
            Cause::AnswersNewestOnly
        }
        Cause::NeverAnswers if sibling("loss") => Cause::IgnoresRepeats,
        other => other,
    }
}
