//! The dialogue: the `C:` / `S:` lines in which RFCs have always shown protocols.
//!
//! One notation serves specs, transcripts, snapshots, recordings and handouts. The grammar, with
//! examples that are tested, is `specs/NOTATION.md`.

mod ast;

pub use ast::{
    Act, Actor, Dialogue, Event, Item, Part, Pattern, PatternPiece, Segment, Span, Step, Stream,
};
