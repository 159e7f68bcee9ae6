//! Why a server could not be started, or ended by itself.

use std::io;

/// Why a server could not be started, or ended by itself; sorted by who must act.
///
/// The first three are for whoever typed the command, [`Bind`](Self::Bind) and
/// [`Signals`](Self::Signals) for the machine, [`Died`](Self::Died) for the program served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// No exercise has this id.
    #[error("no exercise is called `{exercise}`; there are: {}", known.join(", "))]
    UnknownExercise {
        /// The id that was asked for.
        exercise: String,
        /// The ids there are.
        known: &'static [&'static str],
    },
    /// The exercise has no flawed server of this name.
    #[error("`{exercise}` has no flaw called `{flaw}`; there are: {}", known.join(", "))]
    UnknownFlaw {
        /// The exercise's id.
        exercise: String,
        /// The name that was asked for.
        flaw: String,
        /// The exercise's flaws.
        known: Vec<&'static str>,
    },
    /// An option of the exercise is unknown, malformed or impossible.
    #[error("{message}")]
    Usage {
        /// The exercise's id.
        exercise: String,
        /// What is wrong and what would be right; may have several lines.
        message: String,
    },
    /// The address cannot be listened on: taken, forbidden or not of this machine.
    #[error("cannot listen on {address}")]
    Bind {
        /// `host:port` as it was asked for.
        address: String,
        /// What the system answered.
        source: io::Error,
    },
    /// The handlers of SIGINT and SIGTERM cannot be installed.
    #[error("cannot watch for SIGINT and SIGTERM")]
    Signals(#[source] io::Error),
    /// The server ended though nobody asked it to. Only flawed servers do.
    #[error("the server died: {reason}")]
    Died {
        /// What killed it.
        reason: String,
    },
}
