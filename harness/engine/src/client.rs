//! Grades a client: the harness is the server, the keyboard and the screen.
//!
//! Flow: [`grading`] decides what is played; each play has a client of its own ([`session`]) and a server of its
//! own ([`wire`]), so that plays which wait for a client's timers wait side by side.
//!
//! Invariants:
//! - nothing here decides what is right: the transcript is judged by `sockspec_case::client::judge`;
//! - every wait has a limit, and ends as soon as what it waits for has come, or the client has ended;
//! - what a client sends or prints is kept up to a limit.

pub mod grading;
mod playing;
mod session;
mod wire;

pub use grading::{ClientGradeError, ClientRequest, grade};
