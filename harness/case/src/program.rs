//! What is known of a program that the harness started: how it ended, what it printed, how it conducts itself.

use std::time::Duration;

mod by_hand;
mod conduct;
mod finding;

pub use by_hand::ByHand;
pub use conduct::{Conduct, Conducted, LEVEL};
pub use finding::{Grown, ProgramFinding, Resource, Value};

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// With this exit code.
    Code(i32),
    /// Killed by the signal of this number.
    Signal(i32),
}

impl Exit {
    /// The end of who wrote to a peer that had left, and did not expect that.
    pub const SIGPIPE: Exit = Exit::Signal(13);

    /// Whether it ended as programs do that have done their work.
    pub fn is_clean(self) -> bool {
        self == Exit::Code(0)
    }

    /// The signal's name, or its number where it has none of its own.
    pub fn signal_name(self) -> Option<String> {
        let Exit::Signal(number) = self else {
            return None;
        };
        let named = SIGNALS.iter().find(|(one, _)| *one == number);
        Some(named.map_or_else(|| format!("SIG{number}"), |(_, name)| (*name).to_owned()))
    }
}

/// The signals by which programs usually end, as Linux numbers them on most machines.
const SIGNALS: [(i32, &str); 14] = [
    (1, "SIGHUP"),
    (2, "SIGINT"),
    (3, "SIGQUIT"),
    (4, "SIGILL"),
    (5, "SIGTRAP"),
    (6, "SIGABRT"),
    (7, "SIGBUS"),
    (8, "SIGFPE"),
    (9, "SIGKILL"),
    (11, "SIGSEGV"),
    (13, "SIGPIPE"),
    (14, "SIGALRM"),
    (15, "SIGTERM"),
    (24, "SIGXCPU"),
];

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

/// What programs say that do not do what is asked; compared without regard to case.
const UNIMPLEMENTED: [&str; 6] = [
    "not implemented",
    "not yet implemented",
    "unimplemented",
    "notimplementederror",
    "non implémenté",
    "pas implémenté",
];
/// The system's own word for a call that the kernel does not have.
const NO_SUCH_CALL: &str = "function not implemented";

/// Whether a program says that it does not do this exercise.
pub fn says_unimplemented(words: &[u8]) -> bool {
    let text = String::from_utf8_lossy(words).to_lowercase();
    let text = text.replace(NO_SUCH_CALL, "");
    UNIMPLEMENTED.iter().any(|words| text.contains(words))
}
