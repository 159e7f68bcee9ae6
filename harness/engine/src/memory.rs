//! Does the target keep a line that never ends?
//!
//! A line is at most 65,536 bytes; a target that takes longer ones must keep its memory bounded
//! (PROTOCOLS: framings). That shows in the target's resident memory, where it can be seen.

use std::time::Instant;

use sockspec_sockdiag::{Diag, PeerSocket, Process};

use crate::limits::Limits;
use crate::link::Link;

/// How much is sent of one line, at most, in bytes.
const LINE_BYTES: u64 = 96 << 20;
/// Less than this says nothing: 16 MiB are allowed, and a run-time keeps some memory of its own.
const TELLING_BYTES: u64 = 24 << 20;
/// One piece of the line, in bytes.
const PIECE_BYTES: usize = 1 << 20;
/// How much of what was sent must have stayed in memory to say that it is kept. A program that throws
/// it away leaves garbage for its collector, up to four fifths as measured with Ruby.
const KEPT_PERCENT: u64 = 95;

/// What a line without end did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndlessLine {
    /// The target ended the connection, or took no more.
    Refused,
    /// The target took it, and its memory stayed bounded.
    Thrown,
    /// The target keeps it.
    Kept {
        /// Bytes sent.
        sent: u64,
        /// Bytes by which its resident memory grew.
        grown: u64,
    },
    /// Its memory cannot be seen.
    Unseen,
}

/// Sends a line without end over a fresh connection, and watches the target's memory.
pub async fn send_endless_line(link: &mut Link, diag: &Diag, limits: &Limits) -> EndlessLine {
    let piece = vec![b'a'; PIECE_BYTES];
    // The target must have accepted, or nobody holds its end yet.
    if link.send(&piece[..16], limits).await.is_err() {
        return EndlessLine::Refused;
    }
    link.barrier(limits).await;
    let Some(holders) = holders(link, diag) else {
        return EndlessLine::Unseen;
    };
    let before = resident(&holders);
    let start = Instant::now();
    let mut sent = 16;
    while sent < LINE_BYTES && start.elapsed() < limits.answer * 3 {
        if link.send(&piece, limits).await.is_err() {
            return EndlessLine::Refused;
        }
        link.drain(limits);
        if link.ended {
            return EndlessLine::Refused;
        }
        sent += piece.len() as u64;
    }
    link.barrier(limits).await;
    let grown = resident(&holders).saturating_sub(before);
    match sent > TELLING_BYTES && grown * 100 >= sent * KEPT_PERCENT {
        true => EndlessLine::Kept { sent, grown },
        false => EndlessLine::Thrown,
    }
}

/// The processes that hold the target's end of a connection.
fn holders(link: &Link, diag: &Diag) -> Option<Vec<Process>> {
    let (ours, theirs) = link.ends()?;
    match diag.tcp_peer(ours, theirs).ok()? {
        PeerSocket::Visible(socket) if socket.inode != 0 => Process::holding(socket.inode)
            .ok()
            .filter(|found| !found.is_empty()),
        _ => None,
    }
}

fn resident(processes: &[Process]) -> u64 {
    processes
        .iter()
        .filter_map(|one| one.usage().ok())
        .map(|usage| usage.rss_bytes)
        .sum()
}
