//! Decides that a server will not answer, instead of waiting for a timeout to say so.
//!
//! A server from which nothing will come is a server that has read everything and sleeps, with all its threads, until
//! somebody else does something. [`Watch::check`] looks for proof of that:
//!
//! 1. the server has read what we sent (see [`barrier`](crate::barrier)) and nothing of its own is on the way to us;
//! 2. every thread of every process behind the socket, and of their descendants, sleeps;
//! 3. none of those sleeps ends by itself within the horizon: no timeout, no timer, no alarm;
//! 4. no thread ran or was woken meanwhile: the sum of timeslices is the same before and after, a second look included;
//! 5. the socket is as it was in 1.
//!
//! What is left to the caller, **after** `Quiet`: to look whether its own socket is empty. An answer may have arrived before
//! the check began.
//!
//! A sleep with a timeout makes the answer [`Quiet::TimedWait`], even if the program would do nothing at its end: who
//! cannot prove does not accuse. Which timed sleeps are known to be harmless is written in `quiet/sleep.rs`.
//!
//! # Limits
//! - Work handed to a process that is no descendant (a database) is not seen. Confirm a failure by a patient replay.
//! - Looking at threads takes the rights of a debugger: a server started by this process, or root. Else `Unknown`.
//! - UDP has no count of bytes received: a datagram is taken to be queued when `send` returns, as it is on loopback.

use std::net::SocketAddr;
use std::os::fd::BorrowedFd;
use std::sync::Arc;
use std::time::Duration;

use crate::barrier::{Progress, ReadBarrier};
use crate::diag::{Diag, PeerSocket};
use crate::outq;
use crate::process::Process;
use crate::process::crew::Crew;
use crate::tables;

mod sleep;

use sleep::{Rest, Sleep};

/// Whether a server will answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quiet {
    /// It will not, unless somebody sends more. Now look whether your own socket is empty.
    Quiet,
    /// As `Quiet`, but it has not read what we sent, or not accepted the connection, and will not.
    Unread,
    /// Something runs, or is on its way. Ask again soon.
    Busy,
    /// It sleeps, and some sleep ends by itself within the horizon. Ask again, less often, until the deadline.
    TimedWait,
    /// Cannot be seen from here. Wait for the deadline.
    Unknown,
}

/// The exchange in which an answer is, or is not, to come.
#[derive(Debug)]
#[non_exhaustive]
pub enum Conversation<'a> {
    /// A TCP connection, with the barrier to which everything sent was announced.
    Tcp(&'a mut ReadBarrier),
    /// Datagrams from `ours` to `theirs`.
    Udp {
        /// Our own address.
        ours: SocketAddr,
        /// The server's address.
        theirs: SocketAddr,
    },
    /// An `AF_UNIX` socket of ours, connected. The kernel names the process that listens, not the one that accepted: its
    /// descendants are watched with it.
    Unix(BorrowedFd<'a>),
    /// No socket at all: only whether the program, which must be watched by process, will do anything by itself.
    Alone,
}

/// Watches the processes behind one server.
///
/// Finding them is the slow part and is done once; keep the `Watch` as long as the server.
#[derive(Debug)]
pub struct Watch {
    diag: Arc<Diag>,
    horizon: Duration,
    crew: Crew,
    /// Inode of the socket that listens at a path; 0 if not known.
    unix_listener: u32,
}

/// What the sockets tell: equal before and after, or nothing is concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sockets {
    /// Inode of the socket that receives from us; 0 if not accepted or not known.
    inode: u32,
    /// Inode of the listener or of the UDP socket; 0 if not known.
    server_inode: u32,
    unread: bool,
    /// Grows with whatever passes between the two.
    passed: u64,
}

impl Watch {
    /// Watches whoever holds the server's socket; found at the first check.
    ///
    /// `horizon` is how long from now the caller would wait for an answer at most: a sleep that provably lasts longer is
    /// as good as one without end.
    #[must_use]
    pub fn new(diag: Arc<Diag>, horizon: Duration) -> Self {
        Self {
            diag,
            horizon,
            crew: Crew::default(),
            unix_listener: 0,
        }
    }

    /// Watches process `pid` and its descendants; `horizon` as in [`new`](Self::new).
    #[must_use]
    pub fn of_process(diag: Arc<Diag>, pid: u32, horizon: Duration) -> Self {
        let mut watch = Self::new(diag, horizon);
        watch.crew.add(Process { pid });
        watch
    }

    /// Looks once; never waits.
    ///
    /// Costs tens of microseconds for a small server, a few for each thread.
    pub fn check(&mut self, mut conversation: Conversation<'_>) -> Quiet {
        self.try_check(&mut conversation)
            .unwrap_or_else(|verdict| verdict)
    }

    /// `Err` ends the check early, with its verdict.
    fn try_check(&mut self, conversation: &mut Conversation<'_>) -> Result<Quiet, Quiet> {
        if let Conversation::Unix(socket) = conversation {
            self.find_unix_server(*socket);
        }
        let before = self.look_at_sockets(conversation)?;
        self.find_crew(&before)?;
        let sleep = Sleep {
            horizon: self.horizon,
            server_inode: before.server_inode,
            inode: before.inode,
        };
        match sleep.survey(&mut self.crew) {
            Rest::Asleep => {}
            Rest::Timed => return Err(Quiet::TimedWait),
            Rest::Awake => return Err(Quiet::Busy),
            Rest::Unknown => return Err(Quiet::Unknown),
            Rest::Stranger => return Err(self.meet(before.inode)),
        }
        if self.look_at_sockets(conversation)? != before {
            return Err(Quiet::Busy);
        }
        Ok(if before.unread {
            Quiet::Unread
        } else {
            Quiet::Quiet
        })
    }

    fn find_crew(&mut self, sockets: &Sockets) -> Result<(), Quiet> {
        if self.crew.is_empty() {
            for inode in [sockets.server_inode, sockets.inode] {
                let holders = Process::holding(inode).map_err(|_| Quiet::Unknown)?;
                holders
                    .into_iter()
                    .for_each(|process| self.crew.add(process));
            }
        }
        if self.crew.is_empty() {
            Err(Quiet::Unknown)
        } else {
            Ok(())
        }
    }

    /// The process at the other end of a Unix socket, and the socket it listens with.
    fn find_unix_server(&mut self, socket: BorrowedFd<'_>) {
        if self.crew.is_empty()
            && let Some(process) = outq::unix_peer(socket)
        {
            self.crew.add(process);
            self.unix_listener = unix_listener_of(process).unwrap_or(0);
        }
    }

    /// The connection is held by somebody who is not watched yet.
    fn meet(&mut self, inode: u32) -> Quiet {
        match Process::holding(inode) {
            Ok(holders) if !holders.is_empty() => {
                holders
                    .into_iter()
                    .for_each(|process| self.crew.add(process));
                Quiet::Busy
            }
            _ => Quiet::Unknown,
        }
    }

    fn look_at_sockets(&self, conversation: &mut Conversation<'_>) -> Result<Sockets, Quiet> {
        match conversation {
            Conversation::Tcp(barrier) => self.look_at_tcp(barrier),
            Conversation::Udp { ours, theirs } => {
                let found = self
                    .diag
                    .udp(*theirs, Some(*ours))
                    .map_err(|_| Quiet::Unknown)?;
                let socket = found.ok_or(Quiet::Unknown)?;
                if socket.wqueue > 0 {
                    return Err(Quiet::Busy);
                }
                Ok(Sockets {
                    inode: socket.inode,
                    server_inode: socket.inode,
                    unread: socket.rqueue > 0,
                    passed: 0,
                })
            }
            Conversation::Alone => Ok(Sockets {
                inode: 0,
                server_inode: 0,
                unread: false,
                passed: 0,
            }),
            Conversation::Unix(socket) => Ok(Sockets {
                inode: 0,
                server_inode: self.unix_listener,
                unread: outq::unix_outq(*socket).map_err(|_| Quiet::Unknown)? > 0,
                passed: 0,
            }),
        }
    }

    fn look_at_tcp(&self, barrier: &mut ReadBarrier) -> Result<Sockets, Quiet> {
        let progress = barrier.poll();
        if progress == Progress::Unsupported {
            return Err(Quiet::Unknown);
        }
        let (ours, theirs) = barrier.addresses();
        let unknown = |_| Quiet::Unknown;
        let theirs_end = self.diag.tcp_peer(ours, theirs).map_err(unknown)?;
        let our_end = self.diag.tcp_peer(theirs, ours).map_err(unknown)?;
        let PeerSocket::Visible(socket) = theirs_end else {
            // Closed, and nothing is under way: what it sent is in our own queue.
            return Err(Quiet::Quiet);
        };
        let PeerSocket::Visible(own) = our_end else {
            return Err(Quiet::Unknown);
        };
        let received = own.bytes_received.unwrap_or(0);
        if socket.wqueue > 0 {
            // Bytes that we have and did not acknowledge yet are not under way.
            let acknowledged = socket.bytes_acked.ok_or(Quiet::Busy)?;
            if acknowledged.saturating_add(socket.wqueue.into()) > received {
                return Err(Quiet::Busy);
            }
        }
        if socket.is_orphan() {
            return Err(Quiet::Quiet);
        }
        let arrived = socket
            .bytes_received
            .is_some_and(|bytes| bytes >= barrier.target());
        let unaccepted = socket.inode == 0;
        if progress != Progress::Read && !(arrived && socket.rqueue > 0) {
            return Err(Quiet::Busy);
        }
        let listener = self.diag.listener(theirs).map_err(unknown)?;
        Ok(Sockets {
            inode: socket.inode,
            server_inode: listener.map_or(0, |listener| listener.inode),
            unread: socket.rqueue > 0 || unaccepted,
            passed: received.wrapping_add(socket.bytes_received.unwrap_or(0)),
        })
    }
}

/// The one Unix socket that a process listens with; `None` where there are several, or none is seen.
fn unix_listener_of(process: Process) -> Option<u32> {
    let own = process.sockets().ok()?;
    let mut listeners = tables::bound().ok()?.into_iter().filter(|bound| {
        matches!(bound.place, tables::Place::Unix(_)) && own.contains(&bound.inode)
    });
    let only = listeners.next()?.inode;
    listeners.next().is_none().then_some(only)
}
