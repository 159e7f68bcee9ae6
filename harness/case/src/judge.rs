//! Judges a transcript: the same player as the engine's, fed from what was written down.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::diagnosis::Finding;
use crate::play::Play;
use crate::player::{Action, Input, Outcome, Player, STREAMS, Verdict};
use crate::transcript::{Kind, Transcript};

/// What a play came to, according to its transcript.
///
/// Pure: the same transcript always gives the same outcome. A transcript that breaks off before the
/// play's end is inconclusive.
pub fn judge(play: &Play, transcript: &Transcript) -> Outcome {
    let mut inputs: BTreeMap<u8, VecDeque<(Input, Duration)>> = BTreeMap::new();
    for event in &transcript.events {
        if let Some(input) = input(&event.kind) {
            inputs
                .entry(event.connection)
                .or_default()
                .push_back((input, event.at));
        }
    }
    let mut player = Player::new(play, transcript.started_us);
    loop {
        let connection = match player.next_action() {
            Action::AskPorts(..) => STREAMS,
            Action::Connect(connection) | Action::Await(connection, _) => connection,
            Action::Send(..)
            | Action::Fill(..)
            | Action::Do(..)
            | Action::Type(_)
            | Action::EndInput
            | Action::Wait(_) => continue,
            Action::Done => return player.into_outcome(),
        };
        match inputs.get_mut(&connection).and_then(VecDeque::pop_front) {
            Some((input, at)) => player.feed(connection, input, at),
            None => {
                return Outcome {
                    verdict: Verdict::Inconclusive(Finding::Starved),
                    ..player.into_outcome()
                };
            }
        }
    }
}

/// What the player is told of an event; `None` for what the harness did itself.
pub fn input(kind: &Kind) -> Option<Input> {
    Some(match kind {
        Kind::Opened => Input::Opened,
        Kind::Continued => Input::Continued,
        Kind::NotOpened(error) => Input::NotOpened(*error),
        Kind::Received(bytes) => Input::Received(bytes.clone()),
        Kind::Lost { .. } => Input::Lost,
        Kind::Elsewhere { from, bytes } => Input::Elsewhere(from.clone(), bytes.clone()),
        Kind::Fin => Input::Fin,
        Kind::Reset => Input::Reset,
        Kind::Quiet(silence) => Input::Quiet(*silence),
        Kind::Read(_) => Input::Read(true),
        Kind::Unread => Input::Read(false),
        Kind::Flooded => Input::Flooded,
        Kind::Starved => Input::Starved,
        Kind::Printed { stream, bytes, .. } => Input::Printed(*stream, bytes.clone()),
        Kind::Ended(exit) => Input::Exited(*exit),
        Kind::Ports(_, seen) => Input::Ports(seen.clone()),
        Kind::Sent { .. }
        | Kind::Doubled(_)
        | Kind::Held { .. }
        | Kind::SendFailed
        | Kind::SentFin
        | Kind::SentReset
        | Kind::Closed
        | Kind::Stalled
        | Kind::Resumed
        | Kind::Waited
        | Kind::Typed(_)
        | Kind::TypedEnd
        | Kind::NobodyListens
        | Kind::SentElsewhere(_)
        | Kind::Judged => return None,
    })
}
