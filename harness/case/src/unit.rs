//! Cuts one answer out of a stream of lines, in the target's style.

use std::ops::Range;

use crate::style::{AnswerEnd, Style};
use crate::transcript::Silence;

/// How a stream came to its end, for now or for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Nothing more will come until something is sent.
    Quiet(Silence),
    /// The target's FIN.
    Fin,
    /// The target's RST.
    Reset,
}

/// The next answer of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// It has not all come yet.
    More,
    /// The stream has ended and holds nothing (but perhaps a prompt).
    Nothing,
    /// This one.
    Found {
        /// Where its content stands: without prompt and line end.
        content: Range<usize>,
        /// How many bytes it takes with them.
        consumed: usize,
        /// Whether its line end came.
        terminated: bool,
        /// Whether it ended as the reference server ends its own (LF without CR).
        plain: bool,
    },
}

/// Finds the next answer at the start of `stream`.
pub fn next(style: &Style, stream: &[u8], ended: Option<Ended>) -> Unit {
    let start = match skip_prompt(style, stream, ended) {
        Some(start) => start,
        None => return Unit::More,
    };
    let rest = &stream[start..];
    let terminator = match style.answer_end {
        AnswerEnd::Lf | AnswerEnd::CrLf => nth_line_end(rest, style.answer_lines.max(1)),
        AnswerEnd::Nul => rest.iter().position(|byte| *byte == 0).map(|at| {
            let padding = rest[at..].iter().take_while(|byte| **byte == 0).count();
            (at, at + padding)
        }),
        AnswerEnd::Nothing => None,
    };
    match terminator {
        Some((end, after)) => {
            let without_cr = match rest[..end].last() {
                Some(b'\r') => end - 1,
                // C programs send `OK\n\0`: the line feed is part of the end.
                Some(b'\n') if style.answer_end == AnswerEnd::Nul => end - 1,
                _ => end,
            };
            Unit::Found {
                content: start..start + without_cr,
                consumed: start + after,
                terminated: true,
                plain: without_cr == end && style.answer_end == AnswerEnd::Lf,
            }
        }
        None if ended.is_none() => Unit::More,
        None if rest.is_empty() => Unit::Nothing,
        // Fewer lines than the control's answers have: an error message, say.
        None if rest.ends_with(b"\n") && style.answer_lines > 1 => Unit::Found {
            content: start..stream.len() - 1,
            consumed: stream.len(),
            terminated: true,
            plain: false,
        },
        None => Unit::Found {
            content: start..stream.len(),
            consumed: stream.len(),
            terminated: false,
            plain: false,
        },
    }
}

/// How many bytes of prompt stand before the answer; `None` when a prompt has begun to come.
pub fn skip_prompt(style: &Style, stream: &[u8], ended: Option<Ended>) -> Option<usize> {
    if style.prompt.is_empty() || stream.is_empty() {
        return Some(0);
    }
    let mut start = 0;
    // Prompts of a question that got no answer (an empty line, say) may have piled up.
    while stream[start..].starts_with(&style.prompt) {
        start += style.prompt.len();
    }
    let rest = &stream[start..];
    if !rest.is_empty() && style.prompt.starts_with(rest) {
        return ended.map(|_| stream.len());
    }
    Some(start)
}

fn nth_line_end(bytes: &[u8], count: usize) -> Option<(usize, usize)> {
    bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .nth(count - 1)
        .map(|(at, _)| (at, at + 1))
}
