//! The ports that the program shows, and what the kernel says of them.

use sockspec_spec::dialogue::Protocol;

use super::{Action, Patience, Player, STREAMS};
use crate::diagnosis::Finding;
use crate::port;
use crate::program::ProgramFinding;
use crate::script::Answer;

impl Player<'_> {
    /// A number in a line that names the protocol must be the port of a socket that is bound while the program runs.
    pub(super) fn bound(&mut self, protocol: Protocol) -> Option<Action> {
        let streams = self.streams.as_mut()?;
        let lines = port::lines_about(protocol, &streams.out.text);
        let numbers = port::numbers(lines.iter().copied());
        let asked = port::to_ask(&numbers);
        let is_of_these = |seen: &Vec<_>| {
            seen.iter()
                .map(|one: &port::PortSeen| one.port)
                .eq(asked.iter().copied())
        };
        let Some(seen) = streams.ports.as_ref().filter(|seen| is_of_these(seen)) else {
            return Some(Action::AskPorts(protocol, asked));
        };
        let judged = port::judge(protocol, &numbers, seen, streams.exit.is_some());
        // More lines may come; and who prints and ends has closed its sockets a moment before the end.
        if judged.is_err() && !streams.is_still() {
            return Some(Action::Await(STREAMS, Patience::Answer));
        }
        streams.ports = None;
        match judged {
            Ok(()) => self.done(Answer::default()),
            Err(fault) => {
                let finding = Finding::Program(ProgramFinding::WrongPort(fault));
                // The sentence holds the number: bytes beside it would say it worse.
                self.fail(STREAMS, finding, None, Vec::new());
            }
        }
        None
    }
}
