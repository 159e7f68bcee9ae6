//! The exercises' servers with exactly one student mistake each.
//!
//! They prove that the suite can fail: each flaw must be caught by some case, and each case must
//! catch some flaw.
//!
//! - [`flaws`]: every flaw of every exercise.
//! - [`program_flaws`]: what every server can do wrong as a program, though it is right on the wire.
//! - [`serve`]: runs an exercise's server with one of them.
//!
//! The servers are written as students write them, on blocking threads, and share nothing with
//! the reference servers but the way they listen and end. A server takes at most one
//! [`Mistake`](mistake::Mistake), and every place that can go wrong asks for it by name, so
//! "exactly one" and "the same mistake has the same name everywhere" hold by construction. Without
//! any it is a right server: that is tested against the reference.
//!
//! Every misbehaviour depends on what the client does and on nothing else.

mod bar;
mod byte_server;
mod catalogue;
mod chargen_server;
mod chat;
mod clock;
mod connection;
mod datagram_server;
mod daytime_server;
mod discard_server;
mod files;
mod framing;
mod kv;
mod life;
mod line_printer;
mod line_server;
mod menu;
mod mistake;
mod mystery_number;
mod options;
mod peer;
mod ports;
mod program;
mod standalone;
mod start;
mod successor;
mod text_commands;
mod tree;
mod utf8;
mod web;

pub use catalogue::{Flaw, flaws};
pub use program::{Manners, ProgramFlaw, manners, port_like_atoi, program_flaws};
pub use sockspec_kit::{ServeError, ServeOptions};
pub use standalone::{run_standalone, standalone_flaws};
pub use start::serve;

#[cfg(test)]
mod tests;
