//! The kernel's word on whether the target will still answer.

use std::sync::Arc;
use std::time::Duration;

use sockspec_sockdiag::{Conversation, Diag, Quiet, Watch};

use crate::link::Link;

/// What the kernel says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quietness {
    /// Nothing is under way and every thread is blocked: no answer will come.
    Quiet,
    /// Every thread is blocked, and what was sent has not been read (or the connection not accepted).
    Unread,
    /// Not yet known: some thread waits for a time that will come.
    NotYet,
    /// Some thread is running.
    Busy,
    /// The processes behind the target cannot be seen.
    Unseen,
}

/// Watches the processes behind the target.
#[derive(Debug)]
pub struct Witness {
    watch: Watch,
    seen: bool,
    looked: bool,
}

impl Witness {
    /// A witness for a target of this machine; `horizon` is the longest the caller would wait.
    pub fn new(diag: Arc<Diag>, horizon: Duration) -> Self {
        Witness {
            watch: Watch::new(diag, horizon),
            seen: false,
            looked: false,
        }
    }

    /// A witness for the server that is process `pid`, with its descendants.
    pub fn of_process(diag: Arc<Diag>, pid: u32, horizon: Duration) -> Self {
        Witness {
            watch: Watch::of_process(diag, pid, horizon),
            seen: false,
            looked: false,
        }
    }

    /// Whether the processes were looked for and could not be seen.
    pub fn is_blind(&self) -> bool {
        self.looked && !self.seen
    }

    /// Looks once. The caller looks at its own socket after [`Quietness::Quiet`].
    pub fn look(&mut self, link: &mut Link) -> Quietness {
        match link.conversation() {
            Some(conversation) => self.check(conversation),
            None => Quietness::Unseen,
        }
    }

    /// Looks once at the program alone: whether it will do anything by itself.
    pub fn look_at_program(&mut self) -> Quietness {
        self.check(Conversation::Alone)
    }

    fn check(&mut self, conversation: Conversation<'_>) -> Quietness {
        self.looked = true;
        match self.watch.check(conversation) {
            Quiet::Quiet => {
                self.seen = true;
                Quietness::Quiet
            }
            // All sleep without end and our bytes wait, as with a client whose turn has not come; or
            // as with one that is just being handed to a new process.
            Quiet::Unread => {
                self.seen = true;
                Quietness::Unread
            }
            Quiet::TimedWait => {
                self.seen = true;
                Quietness::NotYet
            }
            Quiet::Busy => {
                self.seen = true;
                Quietness::Busy
            }
            _ => Quietness::Unseen,
        }
    }
}
