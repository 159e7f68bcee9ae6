//! Cases beyond the grade's budget: what the spec's own dialogues say, put together, cut and broken off
//! at random, for a search that goes on as long as it is let.
//!
//! Flow: [`Pool`] (what can be said, from the spec) → [`Generator`] (case N of a seed) → [`FuzzCase`] →
//! [`Pool::case`], a case of a spec like any other: the thing that is played and the thing that is
//! written down are the same. A case that fails is made small by [`Shrinking`] and handed on as a
//! [`counterexample`].
//!
//! Invariants:
//! - a case depends on the spec, the manner of the target, the seed and its number alone, never on what
//!   was played before it;
//! - nothing is asked that the laws do not ask: dialogues are taken whole from their beginning, from
//!   cases that may share a connection, and answers stand as the spec has them.

mod counterexample;
mod generate;
mod manner;
mod passage;
mod pool;
mod render;
mod shrinking;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

pub use counterexample::{Wrong, counterexample, diagnosis};
pub use generate::Generator;
pub use manner::Manner;
pub use pool::Pool;
pub use shrinking::Shrinking;

/// One case of the search, as choices from a [`Pool`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FuzzCase {
    /// Whether the server's first words are awaited before anything is said; where they are not part of
    /// the protocol this says nothing.
    pub hears_opening: bool,
    /// What is said, in order, on one connection.
    pub spoken: Vec<Spoken>,
    /// Whether all is asked before any answer is read; in a stream, in one segment but for the cuts.
    pub pipelined: bool,
    /// How the client ends its connection, where it does before all is said and heard.
    pub end: Option<End>,
}

/// A dialogue of the pool, from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Its index in the pool.
    pub passage: usize,
    /// How many of its exchanges are played, at least one.
    pub exchanges: usize,
    /// Which of its rows.
    pub row: usize,
    /// A text that stands for the row's, where the row is one of the corpus.
    pub text: Option<Vec<u8>>,
    /// Where its bytes are cut: offsets into all that its client sends. 0 is the place before the first
    /// byte, which counts where another passage stands before it in the same segment.
    pub cuts: BTreeSet<usize>,
}

/// How a client leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It ends its direction behind the last question, and reads the answers.
    HalfClose,
    /// It says this, which nobody answers for it, and is gone; a fresh client is served.
    Break {
        /// What it says last: a message without its end, many messages, or garbage.
        message: Vec<u8>,
        /// How many times it says it, at least once: much work for the target.
        times: u32,
        /// How it goes.
        how: How,
    },
}

/// How a client goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It closes.
    Close,
    /// It resets.
    Reset,
    /// It ends its direction, then resets: what the target writes then is refused.
    FinReset,
}

impl Spoken {
    /// The first exchange of a passage, in the words of one of its rows.
    pub fn new(passage: usize, row: usize) -> Self {
        Spoken {
            passage,
            exchanges: 1,
            row,
            text: None,
            cuts: BTreeSet::new(),
        }
    }
}

impl FuzzCase {
    /// Whether some byte is cut from the one before it.
    pub fn is_cut(&self) -> bool {
        self.spoken.iter().any(|one| !one.cuts.is_empty())
    }

    /// Whether it is one dialogue of the spec just as the spec has it, so that what fails here fails in
    /// every grade.
    pub fn is_plain(&self) -> bool {
        let same = |one: &Spoken| one.text.is_none();
        self.spoken.len() == 1
            && self.spoken.iter().all(same)
            && !self.is_cut()
            && !self.pipelined
            && self.end.is_none()
    }
}
