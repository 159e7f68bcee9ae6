//! What should happen, what happened, and whether they agree. Pure code: no socket, no clock.
//!
//! Flow: [`Spec`](sockspec_spec::Spec) → plan → play (a state machine that the engine drives) →
//! [`transcript`] → judge → [`diagnosis`] → [`grade`].
//!
//! Invariants:
//! - the engine and the judge run the same state machine, so a saved transcript judged again gives
//!   the same verdict;
//! - time exists only as `Duration` values handed in.

pub mod diagnosis;
pub mod grade;
pub mod style;
pub mod transcript;
