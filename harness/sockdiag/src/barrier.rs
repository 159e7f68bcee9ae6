//! Waits until the server has *read* what was sent, so that the next bytes come out of another `recv`.
//!
//! Sleeping between two sends is either too short or too long, and an acknowledgement says that a kernel has the bytes,
//! not that a program read them. [`ReadBarrier`] asks about the server's own socket, in two phases:
//!
//! 1. until the kernel has received everything: `bytes_received` has reached what was sent;
//! 2. then, in a **later** query, until nothing is left to read: `rqueue` is 0.
//!
//! One phase is not enough. While the server's own `recv` or `send` owns the socket, a segment waits in a backlog that
//! `rqueue` does not count, and within one answer `rqueue` is sampled before the lock that guards `bytes_received`: a
//! single answer can pair an old 0 with a new count, and two segments come out of one `recv`.
//!
//! A FIN counts as one more byte in both numbers, so the same barrier tells when the server has read the end of file;
//! see [`ReadBarrier::sent_fin`].
//!
//! # How to wait
//! Polling is the mechanism: no event tells that another process has read. [`Backoff`] says how; see there.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::diag::{Diag, PeerSocket, TcpState};

/// What a poll of a [`ReadBarrier`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Not yet; poll again.
    Pending,
    /// The server has read every byte announced with `sent`.
    Read,
    /// The server closed or reset the connection; it will never read the rest.
    Gone,
    /// The server's end cannot be seen: another machine or network namespace, or not Linux. Use
    /// [`acked`](crate::outq::acked) and a bounded pause.
    Unsupported,
}

/// A read barrier for one TCP connection of ours.
#[derive(Debug)]
pub struct ReadBarrier {
    diag: Arc<Diag>,
    ours: SocketAddr,
    theirs: SocketAddr,
    /// What `bytes_received` must reach.
    target: u64,
    /// Phase one is over: an earlier query saw `bytes_received` reach `target`.
    received: bool,
    /// The server's end was seen at least once, so its absence means that it is gone.
    seen: bool,
}

impl ReadBarrier {
    /// A barrier for a connection on which nothing has been sent yet.
    #[must_use]
    pub fn new(diag: Arc<Diag>, ours: SocketAddr, theirs: SocketAddr) -> Self {
        Self {
            diag,
            ours,
            theirs,
            target: 0,
            received: false,
            seen: false,
        }
    }

    /// A barrier for a connection that has been in use: what the server received so far is taken as the baseline.
    ///
    /// Everything sent earlier must have been received by now; after a barrier that ended in [`Progress::Read`] it has.
    ///
    /// # Errors
    /// As [`Diag::tcp_peer`]; `NotConnected` when the server's end is not to be seen.
    pub fn resume(diag: Arc<Diag>, ours: SocketAddr, theirs: SocketAddr) -> io::Result<Self> {
        let PeerSocket::Visible(socket) = diag.tcp_peer(ours, theirs)? else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        let mut barrier = Self::new(diag, ours, theirs);
        barrier.target = socket.bytes_received.unwrap_or(0);
        barrier.seen = true;
        Ok(barrier)
    }

    /// Announces `bytes` more bytes, as returned by `send`. They need not have arrived.
    pub fn sent(&mut self, bytes: u64) {
        self.target = self.target.saturating_add(bytes);
        self.received = false;
    }

    /// Announces that our side was shut down for writing.
    ///
    /// `Read` then means that the server has seen the end of file, provided that a barrier stood between the last byte
    /// and the `shutdown`. Otherwise the kernel may join the FIN to bytes still unread and count both as read when the
    /// bytes are: `Read` then only means that the next `recv` returns 0.
    pub fn sent_fin(&mut self) {
        self.sent(1);
    }

    /// Asks the kernel once or twice; never waits.
    pub fn poll(&mut self) -> Progress {
        // The query that ends phase one is followed at once by the first of phase two: the server is often done.
        loop {
            match self.query() {
                Ok(Step::Received) => {}
                Ok(Step::Done(progress)) => return progress,
                Err(_) => return Progress::Unsupported,
            }
        }
    }

    /// Polls until the answer is not `Pending` or `deadline` has passed; for tests and benchmarks.
    ///
    /// Returns `Pending` when the deadline has passed.
    pub fn wait_blocking(&mut self, deadline: Instant) -> Progress {
        let mut backoff = Backoff::new();
        loop {
            let progress = self.poll();
            if progress != Progress::Pending {
                return progress;
            }
            let pause = backoff.next_pause();
            // Reading the clock costs little next to a query, but a spin has only just begun.
            if pause != Pause::Spin && Instant::now() >= deadline {
                return Progress::Pending;
            }
            pause.block();
        }
    }

    /// How many bytes the server has written that we have not taken yet; `None` where it cannot be seen.
    #[must_use]
    pub fn unsent_by_server(&self) -> Option<u32> {
        match self.diag.tcp_peer(self.ours, self.theirs) {
            Ok(PeerSocket::Visible(socket)) => Some(socket.wqueue),
            _ => None,
        }
    }

    /// Our own address and the server's.
    pub(crate) fn addresses(&self) -> (SocketAddr, SocketAddr) {
        (self.ours, self.theirs)
    }

    /// What the server's `bytes_received` must reach.
    pub(crate) fn target(&self) -> u64 {
        self.target
    }

    fn query(&mut self) -> io::Result<Step> {
        let PeerSocket::Visible(socket) = self.diag.tcp_peer(self.ours, self.theirs)? else {
            return Ok(Step::Done(self.judge_absence()?));
        };
        self.seen = true;
        if socket.is_orphan() {
            return Ok(Step::Done(Progress::Gone));
        }
        if self.received {
            return Ok(Step::Done(match socket.rqueue {
                0 => Progress::Read,
                _ => Progress::Pending,
            }));
        }
        match socket.bytes_received {
            Some(bytes) if bytes >= self.target => {
                self.received = true;
                Ok(Step::Received)
            }
            Some(_) => Ok(Step::Done(Progress::Pending)),
            None if socket.state == TcpState::SynRecv => Ok(Step::Done(Progress::Pending)),
            None => Ok(Step::Done(Progress::Unsupported)),
        }
    }

    /// The server's end is not there: was it closed, or can it not be seen?
    fn judge_absence(&self) -> io::Result<Progress> {
        if self.seen {
            return Ok(Progress::Gone);
        }
        // Our own end tells: while it is established, somebody has the other end.
        let own = self.diag.tcp_peer(self.theirs, self.ours)?;
        let established =
            matches!(own, PeerSocket::Visible(own) if own.state == TcpState::Established);
        Ok(match established {
            true => Progress::Unsupported,
            false => Progress::Gone,
        })
    }
}

/// What one query tells.
enum Step {
    /// Phase one has just ended; phase two needs a query of its own.
    Received,
    Done(Progress),
}

/// How to spend the time until the next poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pause {
    /// Poll again at once.
    Spin,
    /// Let others run on this core (`sched_yield`; in async code yield to the runtime as well), then poll.
    Yield,
    /// Sleep about this long, then poll. There is no event to await instead: the kernel tells who asks how much a peer
    /// has not read yet, and wakes nobody when that changes.
    Sleep(Duration),
}

impl Pause {
    /// Spends the pause on this thread. Async code does the same by its own means.
    pub fn block(self) {
        match self {
            Self::Spin => std::hint::spin_loop(),
            Self::Yield => thread::yield_now(),
            Self::Sleep(pause) => {
                #[expect(
                    clippy::disallowed_methods,
                    reason = "the pause between two polls is the mechanism; the caller's deadline bounds it"
                )]
                thread::sleep(pause);
            }
        }
    }
}

/// The pauses between polls of one wait: spin a little, then yield, then sleep.
///
/// A server needs a processor to read, and often there are two for everybody: a long spin keeps it from its own work. On
/// two cores every order of spins and yields has a median of 6 to 8 µs a chunk, yields being the lower by a little; the
/// mean is up to ten times that when others compute, whatever the order. Sleeping after a few polls has the worst mean: the
/// default timer slack alone is 50 µs.
#[derive(Debug, Clone, Default)]
pub struct Backoff {
    polls: u32,
}

impl Backoff {
    /// Polls that follow each other at once.
    const SPINS: u32 = 4;
    /// Polls before the first sleep.
    const BEFORE_SLEEP: u32 = 50;
    const SHORTEST: Duration = Duration::from_micros(20);
    const LONGEST: Duration = Duration::from_micros(500);

    /// A fresh backoff, for one wait.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What to do after one more poll that found nothing.
    pub fn next_pause(&mut self) -> Pause {
        self.polls = self.polls.saturating_add(1);
        if self.polls <= Self::SPINS {
            return Pause::Spin;
        }
        match self.polls.checked_sub(Self::BEFORE_SLEEP) {
            None | Some(0) => Pause::Yield,
            // A server busy for long is not asked 50,000 times a second: the pause grows by a tenth of the wait so far.
            Some(sleeps) => {
                Pause::Sleep((Self::SHORTEST + Self::SHORTEST * (sleeps / 10)).min(Self::LONGEST))
            }
        }
    }
}
