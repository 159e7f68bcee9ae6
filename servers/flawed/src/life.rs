//! Whether the server lives: any of its threads can end it as a whole.

use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Why the server ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// SIGINT or SIGTERM came.
    Signal,
    /// A mistake killed it.
    Died(String),
}

/// What every thread of the server holds.
#[derive(Clone)]
pub(crate) struct Life {
    over: Arc<AtomicBool>,
    fate: Sender<Fate>,
    shared: Arc<Shared>,
}

/// What clients share by mistake.
#[derive(Default)]
struct Shared {
    lock: Mutex<()>,
    newest: Mutex<Option<TcpStream>>,
}

impl Life {
    pub(crate) fn new(fate: Sender<Fate>) -> Self {
        Self {
            over: Arc::new(AtomicBool::new(false)),
            fate,
            shared: Arc::default(),
        }
    }

    /// One lock for all clients.
    pub(crate) fn lock(&self) -> MutexGuard<'_, ()> {
        let lock = self.shared.lock.lock();
        lock.unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection of the client that came last.
    pub(crate) fn newest(&self) -> MutexGuard<'_, Option<TcpStream>> {
        let newest = self.shared.newest.lock();
        newest.unwrap_or_else(PoisonError::into_inner)
    }

    /// Kills the server, as an uncaught exception does. The thread that calls it stands still
    /// with its sockets open, as all others do at [`check`](Self::check), until the process ends.
    pub(crate) fn die(&self, reason: &str) -> ! {
        self.over.store(true, Ordering::SeqCst);
        let _ = self.fate.send(Fate::Died(reason.to_owned()));
        stand_still()
    }

    /// Stands still if the server is dead.
    pub(crate) fn check(&self) {
        if self.over.load(Ordering::SeqCst) {
            stand_still()
        }
    }
}

/// Keeps the thread and all that it holds, without using the processor.
pub(crate) fn stand_still() -> ! {
    loop {
        thread::park();
    }
}
