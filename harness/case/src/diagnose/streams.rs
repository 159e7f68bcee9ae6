//! What a failure on the program's own streams says.

use super::{after_fin, has_invalid_utf8, has_replacement};
use crate::diagnosis::Cause;
use crate::player::Failure;
use crate::port::PortFault;
use crate::program::ProgramFinding;
use crate::transcript::{Kind, Transcript};

/// Sizes of usual buffers are no shorter, in bytes.
const BUFFER_BYTES: usize = 48;

/// The cause that one failure shows on its own.
pub(super) fn cause(found: &ProgramFinding, failure: &Failure, transcript: &Transcript) -> Cause {
    match found {
        ProgramFinding::ShownTwice => Cause::ShownTwice,
        ProgramFinding::Printed => Cause::ExtraOutput,
        ProgramFinding::WrongPort(PortFault::Swapped(..)) => Cause::PortNotConverted,
        ProgramFinding::WrongPort(_) => Cause::PortNotBound,
        ProgramFinding::NotEnded(_) if has_left(transcript) => Cause::WaitsAtKeyboard,
        ProgramFinding::NotEnded(_) | ProgramFinding::EndedBadly(_) => Cause::LeavesWrongly,
        ProgramFinding::EndedEarly(_) if has_sent_invalid(transcript) => Cause::DiesOnInvalidUtf8,
        ProgramFinding::EndedEarly(_) => Cause::ServiceDies,
        _ => not_shown(failure, transcript),
    }
}

/// What shows instead of a line.
fn not_shown(failure: &Failure, transcript: &Transcript) -> Cause {
    let expected = &failure.expected[..];
    let trimmed = expected.trim_ascii();
    let lines = || failure.actual.split(|byte| *byte == b'\n');
    let squeezed = |bytes: &[u8]| -> Vec<u8> {
        (bytes.iter().copied())
            .filter(|byte| !byte.is_ascii_whitespace())
            .collect()
    };
    match () {
        () if expected.is_empty() => Cause::LineNotShown,
        () if has_replacement(&failure.actual) && !has_replacement(expected) => {
            Cause::SplitCharacter
        }
        () if lines()
            .any(|line| !trimmed.is_empty() && squeezed(line).ends_with(&squeezed(expected))) =>
        {
            Cause::StripsArgument
        }
        () if lines().any(|line| {
            line.len() >= BUFFER_BYTES && line.len() < expected.len() && expected.starts_with(line)
        }) =>
        {
            Cause::TruncatesAtBuffer
        }
        () if has_sent_invalid(transcript) => Cause::ClosesOnInvalidUtf8,
        () if after_fin(transcript, last_sender(transcript)) && failure.answered > 0 => {
            Cause::LosesAnswersAtHalfClose
        }
        () => Cause::LineNotShown,
    }
}

/// The connection on which something was sent last.
fn last_sender(transcript: &Transcript) -> u8 {
    let mut sent = transcript.events.iter().rev();
    sent.find(|event| event.kind.sent().is_some())
        .map_or(1, |event| event.connection)
}

/// Whether some client has left.
fn has_left(transcript: &Transcript) -> bool {
    let mut kinds = transcript.events.iter().map(|event| &event.kind);
    kinds.any(|kind| matches!(kind, Kind::SentFin | Kind::SentReset))
}

/// Whether some client sent bytes that are not UTF-8.
fn has_sent_invalid(transcript: &Transcript) -> bool {
    let connections = transcript.events.iter().map(|event| event.connection).max();
    (1..=connections.unwrap_or(0)).any(|connection| has_invalid_utf8(&transcript.sent(connection)))
}
