//! Plays planned cases against a target. The only harness crate with sockets and processes.
//!
//! Flow: [`Engine::play`] drives the pure player of `sockspec-case` with a [`link`] a connection and
//! writes the transcript; [`grading`] decides what is played next, or [`fuzzing`] does.
//!
//! Invariants:
//! - every wait has a deadline, and ends as soon as what it waits for has come;
//! - reads are bounded: a flood is cut and reported;
//! - the engine decides nothing about right and wrong.

pub mod client;
pub mod conduct;
pub mod discover;
pub mod doctor;
pub mod embedded;
pub mod engine;
pub mod fuzzing;
pub mod grading;
pub mod limits;
pub mod link;
pub mod lossy;
pub mod memory;
pub mod program;
pub mod quiet;
pub mod recording;
pub mod target;
pub mod watch;

pub use engine::{Engine, Played};
pub use limits::Limits;
pub use target::{Target, TargetError};
