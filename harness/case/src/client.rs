//! Grading a client: the harness plays the server, types on the client's stdin and reads its outputs.
//!
//! Flow: a case of the law `clients` → [`talk`] (what is typed, what the server says, what must show) →
//! [`plan`] (the same with a server that cuts, leaves, lies or is silent) → the engine plays it and writes a
//! transcript → [`judge`].
//!
//! Invariants:
//! - prompts and the wording around an answer are free: an answer shows where its text stands in the output;
//! - the verdict rests on the transcript only.

pub mod finding;
pub mod judge;
pub mod manner;
pub mod plan;
mod record;
pub mod request;
pub mod talk;
#[cfg(test)]
mod tests;

pub use finding::ClientFinding;
pub use manner::Manner;
