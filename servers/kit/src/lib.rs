//! What the servers share: listening, shutdown, limits, a tree of files. Nothing of any exercise.
//!
//! - [`listen_tcp`], [`listen_tcp_plainly`], [`bind_udp`], [`listen_unix`], [`announce`]: a socket is
//!   opened, and its address told.
//! - [`serve_connections`], [`serve_datagrams`]: clients are served, many at once, without one
//!   harming another.
//! - [`LineReader`]: a byte stream becomes lines, in bounded memory.
//! - [`Root`]: a folder whose files are served; [`write_site`] writes the embedded one out.
//! - [`close`]: a connection ends so that the client can read the last answer.
//! - [`Signals`], [`watch_signals`], [`say_bye`]: SIGINT and SIGTERM end the program.
//! - [`ServeOptions`], [`ServeError`]: what a caller of any server sets, and what may go wrong.
//!
//! Invariants:
//! - What one client costs is bounded by constants: [`MAX_LINE_BYTES`], [`MAX_CONNECTIONS`].
//! - An error on one client's socket ends that client's dialogue, and nothing else.

mod closing;
mod error;
mod lines;
mod listen;
mod options;
mod serving;
mod shutdown;
mod site;
mod unix;

pub use closing::{LINGER, LINGER_BYTES, close};
pub use error::ServeError;
pub use lines::{LineError, LineReader, LineSplitter, MAX_LINE_BYTES};
pub use listen::{Address, BACKLOG, announce, bind_udp, listen_tcp, listen_tcp_plainly};
pub use options::ServeOptions;
pub use serving::{
    Listener, MAX_CONNECTIONS, MAX_DATAGRAM_BYTES, serve_connections, serve_datagrams, serve_one,
};
pub use shutdown::{Signal, Signals, say_bye, watch_signals};
pub use site::{Root, SITE_FILES, SITE_FOLDER, write_site};
pub use unix::{MAX_PATH_BYTES, SocketPath, listen_unix};
