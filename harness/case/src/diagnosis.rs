//! Why a case failed: a cause from a fixed catalogue, with the evidence.

pub use sockspec_spec::cause::Cause;
use sockspec_spec::model::Text;

use crate::http::Unreadable;

use crate::client::ClientFinding;
use crate::program::{Death, ProgramFinding};

/// What a student is told about a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// The mistake, from the catalogue.
    pub cause: Cause,
    /// What was seen, as a sentence of the catalogue with its values.
    pub finding: Finding,
    /// What should have come. Bytes; a pattern is shown in the notation instead, see `pattern`.
    pub expected: Vec<u8>,
    /// The expected answer in the dialogue notation when it is not one exact text.
    pub pattern: Option<String>,
    /// What came.
    pub actual: Vec<u8>,
    /// Offset (0-based) of the first byte that differs, where both are exact.
    pub first_difference: Option<usize>,
    /// Shell lines that show the same by hand.
    pub reproduce: String,
    /// How the program that the harness started ended in this case, or after it, where it should not have.
    pub death: Option<Death>,
    /// Which play of the case failed (a row, a cut), in words that need no translation, e.g. `key=" fa"`, `cut 7`.
    pub play: String,
}

/// What was seen. Each is one whole sentence in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Another answer came.
    Mismatch,
    /// Nothing came.
    NoAnswer {
        /// How long the harness waited, milliseconds.
        waited_ms: u64,
        /// Whether the program was seen to be waiting for more input.
        blocked: bool,
    },
    /// Only a part of the answer came.
    Incomplete {
        /// How long the harness waited, milliseconds.
        waited_ms: u64,
        /// Whether the program was seen to be waiting for more input.
        blocked: bool,
    },
    /// The answer came, but not its line end.
    NoNewline,
    /// The target closed the connection instead of answering.
    ClosedEarly,
    /// The target reset the connection instead of answering.
    ResetEarly,
    /// Bytes came that nobody asked for.
    Extra,
    /// The target did not close.
    NotClosed {
        /// How long the harness waited, milliseconds.
        waited_ms: u64,
    },
    /// The target did not read all that was sent.
    NotRead {
        /// How long the harness waited, milliseconds.
        waited_ms: u64,
    },
    /// An answer came, from another address than the one that was asked.
    FromElsewhere {
        /// Where it came from, `HOST:PORT`.
        address: String,
    },
    /// The answer is what fits a buffer, and the rest of the request is lost.
    Truncated {
        /// How many bytes of the answer came: the buffer's size.
        kept: u64,
        /// How many there should have been.
        of: u64,
    },
    /// The connection was refused.
    Refused,
    /// The connection was not accepted in time.
    ConnectTimedOut,
    /// More came than any answer may be long.
    Flooded,
    /// A case that this one depends on failed.
    DependsOn {
        /// Its id.
        case: String,
    },
    /// After this case, the control dialogue failed.
    Died,
    /// It takes `--run`.
    NeedsRun,
    /// It takes more clients at once than the exercise asks a program to serve, and this one serves
    /// fewer.
    ServesFewer,
    /// The program had ended: one client was all it serves.
    Ended,
    /// The harness was starved of processor time.
    Starved,
    /// The target's memory grew with a line that never ended.
    MemoryGrew {
        /// Bytes sent without a line end.
        sent: u64,
        /// Bytes by which the resident memory grew.
        grown: u64,
    },
    /// It takes a look at the target's process, which cannot be seen.
    NotSeen,
    /// The second client got nothing while the first was connected.
    SecondClientWaits,
    /// Each answer should end with a line feed and none does.
    AnswersWithoutNewline,
    /// The target answers a request only when no line feed follows it, or only after CR LF.
    RequestsNotByLine,
    /// Something about the program as a program.
    Program(ProgramFinding),
    /// Something about a client.
    Client(ClientFinding),
    /// A check of a script said no; the script's own words.
    Script {
        /// What the spec's author wrote.
        message: Text,
    },
    /// What came is no HTTP response that a client can read.
    Http(Unreadable),
}
