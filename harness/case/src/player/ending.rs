//! How a dialogue ends: an end that a step asks for, and what is seen after the last step.

use sockspec_spec::model::Framing;

use super::{Action, Patience, Player, Verdict};
use crate::diagnosis::Finding;
use crate::grade::Closing;
use crate::play::{Deed, End, Ending};
use crate::script::Answer;
use crate::unit::Ended;

impl Player<'_> {
    /// Waits for the end of a connection.
    pub(super) fn expect_end(&mut self, connection: u8, end: End) -> Option<Action> {
        if let Some(action) = self.ready(connection, true) {
            return Some(action);
        }
        let state = self.connections.entry(connection).or_default();
        match (state.ended, end) {
            (None, _) => return Some(Action::Await(connection, Patience::Close)),
            (Some(Ended::Quiet(_)), _) => {
                let finding = Finding::NotClosed { waited_ms: 0 };
                self.fail(connection, finding, None, Vec::new());
                return None;
            }
            (Some(Ended::Fin), End::Reset) => {
                self.fail(connection, Finding::Mismatch, None, Vec::new());
                return None;
            }
            // A close with input unread makes the system send an RST: never the student's fault.
            (Some(Ended::Reset), End::Fin) => self.canonical = false,
            (Some(Ended::Fin), _) => self.outcome.closing = Some(Closing::Fin),
            (Some(Ended::Reset), _) => self.outcome.closing = Some(Closing::Reset),
        }
        if let Some(extra) = self.leftover(connection) {
            self.fail(connection, Finding::Extra, None, extra);
            return None;
        }
        self.done(Answer::default());
        None
    }

    /// After the last step: looks at what is left over, then at the closing.
    pub(super) fn finish(&mut self) -> Option<Action> {
        match self.finish_streams() {
            None if !self.over => {}
            waits_or_failed => return waits_or_failed,
        }
        let open: Vec<u8> = self
            .connections
            .iter()
            .filter(|(_, c)| c.open)
            .map(|(n, _)| *n)
            .collect();
        for &connection in &open {
            if let Some(extra) = self.leftover(connection) {
                let after_fin = self.play.ending == Ending::Observe && self.ending > 0;
                // Words of farewell after the client's FIN are nobody's harm.
                if !after_fin {
                    self.fail(connection, Finding::Extra, None, extra);
                    return None;
                }
                self.canonical = false;
            }
        }
        let connection = open.first().copied().unwrap_or(1);
        let ended = self
            .connections
            .get(&connection)
            .and_then(|state| state.ended);
        if self.play.ending == Ending::Observe
            && !open.is_empty()
            && self.play.framing != Framing::Datagram
        {
            match (self.ending, ended) {
                (_, Some(Ended::Fin)) => self.outcome.closing = Some(Closing::Fin),
                (_, Some(Ended::Reset)) => self.outcome.closing = Some(Closing::Reset),
                (0, _) => {
                    self.ending = 1;
                    self.connections.entry(connection).or_default().ended = None;
                    return Some(Action::Do(connection, Deed::Fin));
                }
                (_, None) => return Some(Action::Await(connection, Patience::Goodbye)),
                (_, Some(Ended::Quiet(_))) => self.outcome.closing = Some(Closing::Open),
            }
        }
        if self.outcome.verdict == Verdict::Pass && !self.canonical {
            self.outcome.verdict = Verdict::NonStrict;
        }
        self.over = true;
        None
    }
}
