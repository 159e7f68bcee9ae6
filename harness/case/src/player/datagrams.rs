//! What only datagrams ask for: asking again where the network lost something, and not listening.

use super::{Action, Patience, Player};
use crate::script::Answer;

impl Player<'_> {
    /// The network lost the question or its answer: does what a client does whose patience has ended.
    pub(super) fn ask_again(&mut self, connection: u8) -> Option<Action> {
        let attempts = self.play.network.as_ref().map_or(1, |one| one.attempts);
        let state = self.connections.entry(connection).or_default();
        if state.asked < attempts {
            state.asked += 1;
            state.waiting_since = self.now;
            return Some(Action::Send(connection, state.question.clone()));
        }
        self.outcome.given_up += 1;
        self.done(Answer::default());
        None
    }

    /// Takes whatever comes until nothing more does.
    pub(super) fn drain(&mut self, connection: u8) -> Option<Action> {
        if let Some(action) = self.ready(connection, false) {
            return Some(action);
        }
        let state = self.connections.entry(connection).or_default();
        state.datagrams.clear();
        if state.ended.is_none() {
            return Some(Action::Await(connection, Patience::Quiet));
        }
        self.done(Answer::default());
        None
    }
}
