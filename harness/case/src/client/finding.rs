//! What was seen of a client.

use std::time::Duration;

use crate::program::{Exit, Value};

/// What was seen. Each is one whole sentence in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientFinding {
    /// It never connected, and sent nothing.
    NothingSent {
        /// How long it had.
        limit: Duration,
    },
    /// It did not send what was typed.
    NotSent {
        /// How long it had.
        limit: Duration,
    },
    /// The request that it makes by itself never came whole.
    NoWholeRequest,
    /// Its requests are not lines: no line feed ends them.
    NoLineFeed,
    /// It sent a line that was not its turn to send.
    SentOutOfTurn,
    /// The server's answer does not show.
    NotShown,
    /// What shows is the answer to an earlier question.
    ShownLate,
    /// Behind the answer the rest of an earlier, longer one shows.
    ShownWithRest,
    /// It ended in mid-dialogue.
    EndedEarly(Exit),
    /// It was killed by a signal that only a mistake raises.
    Crashed(Exit),
    /// It went on running, though its server had left.
    StaysWithoutServer {
        /// How long it had.
        limit: Duration,
    },
    /// It ended without a word, though its server had left.
    EndsSilently(Exit),
    /// It ended with exit code 0, though its server had left.
    EndsAsIfWell,
    /// It should have ended, and did not.
    StillRuns {
        /// How long it had.
        limit: Duration,
    },
    /// It ended, and not with exit code 0 as it should.
    EndsBadly(Exit),
    /// Without an answer, nothing showed: it neither sent again nor said so.
    NothingShows {
        /// How long it had.
        limit: Duration,
    },
    /// Without an answer, it neither ended nor went back to its prompt.
    WaitsForEver {
        /// How long it had.
        limit: Duration,
    },
    /// It took an answer from another address than the one that it asked.
    TakesAnySender,
    /// Wrong arguments, and no word about them.
    NoUsage(Exit),
    /// Wrong arguments, and exit code 0.
    NoUsageCode,
    /// Accepted, but not as the reference client does it: only strictly a failure.
    NotAsReference,
}

impl ClientFinding {
    /// The slug of `sockspec.grade/1`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NothingSent { .. } => "client-nothing-sent",
            Self::NotSent { .. } => "client-not-sent",
            Self::NoWholeRequest => "client-no-whole-request",
            Self::NoLineFeed => "client-no-line-feed",
            Self::SentOutOfTurn => "client-sent-out-of-turn",
            Self::NotShown => "client-not-shown",
            Self::ShownLate => "client-shown-late",
            Self::ShownWithRest => "client-shown-with-rest",
            Self::EndedEarly(_) => "client-ended-early",
            Self::Crashed(_) => "client-crashed",
            Self::StaysWithoutServer { .. } => "client-stays",
            Self::EndsSilently(_) => "client-ends-silently",
            Self::EndsAsIfWell => "client-ends-as-if-well",
            Self::StillRuns { .. } => "client-still-runs",
            Self::EndsBadly(_) => "client-ends-badly",
            Self::NothingShows { .. } => "client-nothing-shows",
            Self::WaitsForEver { .. } => "client-waits-for-ever",
            Self::TakesAnySender => "client-takes-any-sender",
            Self::NoUsage(_) => "client-no-usage",
            Self::NoUsageCode => "client-no-usage-code",
            Self::NotAsReference => "client-not-as-reference",
        }
    }

    /// The values of its sentence, by name.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::NothingSent { limit }
            | Self::NotSent { limit }
            | Self::StaysWithoutServer { limit }
            | Self::StillRuns { limit }
            | Self::NothingShows { limit }
            | Self::WaitsForEver { limit } => {
                vec![("seconds", Value::Number(limit.as_secs_f64().ceil() as u64))]
            }
            Self::EndedEarly(exit)
            | Self::Crashed(exit)
            | Self::EndsSilently(exit)
            | Self::EndsBadly(exit)
            | Self::NoUsage(exit) => exit.values(),
            Self::NoWholeRequest
            | Self::NoLineFeed
            | Self::SentOutOfTurn
            | Self::NotShown
            | Self::ShownLate
            | Self::ShownWithRest
            | Self::EndsAsIfWell
            | Self::TakesAnySender
            | Self::NoUsageCode
            | Self::NotAsReference => Vec::new(),
        }
    }
}
