//! The dialogue: the `C:` / `S:` lines in which RFCs have always shown protocols.
//!
//! One notation serves specs, transcripts, snapshots, recordings and handouts. The grammar, with
//! examples that are tested, is `specs/NOTATION.md`.
//!
//! Invariants:
//! - `parse(print(d)) == d`, whatever bytes `d` holds, and printing that again gives the same text;
//! - a printed dialogue holds no raw control character but the LF that ends each line;
//! - parsing reports every mistake of a text, one line never hiding another's.

mod ast;
mod characters;
mod escape;
mod line;
mod lines;
mod print;
mod text;

pub use ast::{
    Act, Actor, Dialogue, Event, Item, Part, Pattern, PatternPiece, Protocol, Segment, Span, Step,
    Stream,
};
pub(crate) use escape::is_unshowable;
pub(crate) use line::is_name;
pub use lines::{parse, parse_bytes, parse_value};
pub(crate) use lines::{parse_form, parse_recovering, repeated_bytes};
pub(crate) use print::print_regex;
pub use print::{print, print_bytes, print_pattern, print_segments, print_step};

/// Most steps of a dialogue.
pub const MAX_STEPS: usize = 10_000;
/// Most bytes that one repetition, or one value of a row, makes: 16 MiB.
pub const MAX_REPEATED_BYTES: u64 = 16 << 20;
/// Most bytes that the repetitions of one dialogue make, or those of one case's rows: 64 MiB.
pub const MAX_DIALOGUE_BYTES: u64 = 64 << 20;
/// Longest wait, in milliseconds: a minute.
pub const MAX_WAIT_MS: u64 = 60_000;
