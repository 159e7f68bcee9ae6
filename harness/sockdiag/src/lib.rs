//! What the kernel knows of a socket and of the process behind it.
//!
//! A client normally learns of a server only what the server sends. On the same machine the kernel knows more: how
//! many bytes the server has received, how many of those it has *read*, whether its threads sleep. This crate asks.
//!
//! - [`diag`]: one socket, looked up by its addresses over `NETLINK_SOCK_DIAG`; no privilege needed, any owner.
//! - [`barrier`]: waits until the server has read what was sent, so that the next bytes come out of another `recv`.
//! - [`outq`]: the same question asked of our own descriptor; weaker for TCP, exact for `AF_UNIX`.
//! - [`process`]: the processes behind a socket, their threads, memory, descriptors and children, from `/proc`.
//! - [`tables`]: who listens, and where, without a connection being made.
//! - [`quiet`]: decides that a server will not answer, instead of waiting for a timeout to say so.
//!
//! Invariants:
//! - Nothing here blocks, except functions called `wait_*`, which take a deadline.
//! - No answer of the kernel, however short or strange, makes this crate panic.
//! - Where the system is not Linux, or the facts cannot be seen, the answer is `Unsupported` or `Unknown`, never a guess.
//! - Linux facts were checked on 6.18 (`bytes_received` needs 4.1, `pidfd_getfd` 5.6).

pub mod barrier;
pub mod diag;
pub mod outq;
pub mod process;
pub mod quiet;
pub mod tables;

pub use barrier::{Backoff, Pause, Progress, ReadBarrier};
pub use diag::{Diag, Listener, PeerSocket, TcpSocket, TcpState, UdpSocket};
pub use process::Process;
pub use quiet::{Conversation, Quiet, Watch};
