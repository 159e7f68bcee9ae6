//! What is known of a program that the harness started: how it ended, and what it printed.

use std::time::Duration;

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// With this exit code.
    Code(i32),
    /// Killed by the signal of this number.
    Signal(i32),
}

impl Exit {
    /// Whether it ended as programs do that have done their work.
    pub fn is_clean(self) -> bool {
        self == Exit::Code(0)
    }
}

/// A program that should have gone on, and did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Death {
    /// How it ended; `None` when it still ran, and served nobody.
    pub exit: Option<Exit>,
    /// The end of what it printed: of stderr, or of stdout where stderr is empty. Bytes of the program.
    pub words: Vec<u8>,
}

/// An output of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// Something that the program printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// When, after whatever beginning its owner counts from.
    pub at: Duration,
    /// On which output.
    pub stream: Stream,
    /// What.
    pub bytes: Vec<u8>,
}
