//! What should happen, what happened, and whether they agree. Pure code: no socket, no clock.
//!
//! Flow: [`Spec`](sockspec_spec::Spec) → plan → play (a state machine that the engine drives) →
//! [`transcript`] → judge → [`diagnosis`] → [`grade`].
//!
//! Invariants:
//! - the engine and the judge run the same state machine, so a saved transcript judged again gives
//!   the same verdict;
//! - time exists only as `Duration` values handed in.

pub mod built_in;
pub mod casing;
pub mod chargen;
pub mod client;
pub mod derive;
pub mod diagnose;
pub mod diagnosis;
pub mod expect;
#[cfg(test)]
mod fixture;
pub mod fuzz;
pub mod grade;
pub mod http;
pub mod judge;
pub mod learn;
pub mod loss;
pub mod moment;
pub mod pattern;
pub mod plan;
pub mod play;
pub mod player;
pub mod port;
pub mod program;
pub mod reproduce;
pub mod script;
pub mod seed;
pub mod session;
pub mod shrink;
pub mod snapshot;
pub mod style;
pub mod transcript;
pub mod unit;

#[cfg(test)]
mod tests;
