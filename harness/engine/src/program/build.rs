//! Builds a program before it is started: a command with a time of its own.

use std::time::Duration;

use sockspec_case::program::Exit;

use super::command::{CommandLine, Values};
use super::spawn::{Running, Surroundings};

/// Why nothing was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildFailure {
    /// The command could not be executed.
    NotExecuted {
        /// What the system said.
        reason: String,
    },
    /// It ended, and not with exit code 0.
    Failed {
        /// How.
        exit: Exit,
        /// The end of what it printed.
        words: Vec<u8>,
    },
    /// It did not end in time.
    TooLong {
        /// How long it had.
        limit: Duration,
        /// The end of what it printed.
        words: Vec<u8>,
    },
}

/// Runs a build command to its end; nothing that it started outlives it.
///
/// # Errors
/// It failed, or took longer than `limit`.
pub async fn build(
    command: &CommandLine,
    surroundings: &Surroundings,
    limit: Duration,
) -> Result<(), BuildFailure> {
    let words = command.fill(&Values::default());
    let mut running =
        Running::start(&words, surroundings).map_err(|error| BuildFailure::NotExecuted {
            reason: error.to_string(),
        })?;
    let exit = running.wait(limit).await;
    let failure = match exit {
        Some(exit) if exit.is_clean() => None,
        Some(exit) => Some(BuildFailure::Failed {
            exit,
            words: running.ended().map(|(_, words)| words).unwrap_or_default(),
        }),
        None => Some(BuildFailure::TooLong {
            limit,
            words: running.capture.last_words(),
        }),
    };
    running.end(Duration::ZERO).await;
    failure.map_or(Ok(()), Err)
}
