//! Exit codes: one meaning each, for pipelines.

use std::process::ExitCode;

use crate::interrupt::Number;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: all that was graded passed, or `--min-score` was reached; the command did its work.
    Passed,
    /// 1: graded, and something failed.
    Failed,
    /// 2: wrong usage, or a spec with mistakes.
    Usage,
    /// 3: the target could not be reached or judged, or the machine refused something.
    Unreachable,
    /// A signal broke it off: it ends by that signal, after what it started (128 and the signal's number, where it
    /// cannot).
    Interrupted(Number),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Passed => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::Unreachable => 3,
            Exit::Interrupted(number) => u8::try_from(128 + number).unwrap_or(3),
        })
    }
}
