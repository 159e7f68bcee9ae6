//! Reference servers and clients of the exercises.
//!
//! One module an exercise; its header says the task, the wire format and where they come from.
//! They are meant to be read: what a good answer to the exercise looks like.
//!
//! - [`exercises`]: the ids that there are.
//! - [`serve`]: runs an exercise's server until SIGINT or SIGTERM; [`Server`] for one that is
//!   embedded in another program.
//! - [`write_site`]: writes out the tree of files that some of them serve.
//! - [`connect`]: runs an exercise's client on stdin and stdout.
//!
//! Servers answer in the canonical wording and serve their clients in parallel, in bounded
//! memory; an error on one connection ends that connection only.

mod bar;
mod chargen;
mod chat;
mod client;
mod daytime;
mod discard;
mod echo;
mod ephemeral_ports;
mod files;
mod kv;
mod kv_peer;
mod line_printer;
mod menu;
mod mystery_number;
mod server;
mod successor;
mod text_commands;
mod time;
mod tree;
mod upper;
mod web;

pub use client::{ConnectError, connect};
pub use ephemeral_ports::ephemeral_ports;
pub use menu::{MenuItem, MenuLanguage, menu};
pub use server::{Server, exercises, programs, serve};
pub use sockspec_kit::{Address, SITE_FILES, SITE_FOLDER, ServeError, ServeOptions, write_site};
