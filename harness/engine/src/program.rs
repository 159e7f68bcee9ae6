//! Programs that the harness starts: servers under test, each with a port of its own.
//!
//! Flow: a [`command`] with placeholders is filled in and [spawned](spawn) in clean surroundings; the kernel's
//! tables say when it [listens](readiness); what it prints is [captured](capture); in the end its whole process
//! [tree](tree) is [ended](ending).
//!
//! Invariants:
//! - no shell, unless the command names one;
//! - nobody connects to find out whether a server listens;
//! - nothing that was started outlives its owner here: dropping an [`Instance`] kills all its processes.

pub mod build;
pub mod capture;
pub mod command;
pub mod ending;
pub mod environment;
pub mod folder;
pub mod instance;
pub mod keyboard;
pub mod port;
pub mod readiness;
pub mod server;
pub mod spawn;
pub mod terminal;
pub mod tree;

pub use command::{CommandError, CommandLine, Obstacle, Placeholder, Values};
pub use folder::Folder;
pub use instance::{Instance, Launch, Spot, StartFailure};
pub use server::{NotStarted, Server};
pub use spawn::Surroundings;
