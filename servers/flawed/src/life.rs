//! Whether the server lives: any of its threads can end it as a whole.

use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use sockspec_kit::Signal;

use crate::program::Fault;

/// Why the server ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// SIGINT or SIGTERM came, or the work is done.
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
    fault: Option<Fault>,
}

/// What clients share, most of it by mistake.
#[derive(Default)]
struct Shared {
    lock: Mutex<()>,
    newest: Mutex<Option<TcpStream>>,
    clients: Mutex<usize>,
    client_left: Condvar,
}

/// A client that is served; it has left when this is dropped.
pub(crate) struct Client<'a>(&'a Life);

impl Drop for Client<'_> {
    fn drop(&mut self) {
        *self.0.clients() -= 1;
        self.0.shared.client_left.notify_all();
        if let Some(fault) = self.0.fault {
            fault.keep();
        }
    }
}

impl Life {
    pub(crate) fn new(fate: Sender<Fate>) -> Self {
        Self {
            over: Arc::new(AtomicBool::new(false)),
            fate,
            shared: Arc::default(),
            fault: None,
        }
    }

    /// The life of a server that is right on the wire, and has this mistake as a program.
    pub(crate) fn with(fate: Sender<Fate>, fault: Option<Fault>) -> Self {
        Self {
            fault,
            ..Self::new(fate)
        }
    }

    /// The mistake of the server as a program.
    pub(crate) fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// A client has come.
    pub(crate) fn client(&self) -> Client<'_> {
        *self.clients() += 1;
        Client(self)
    }

    /// How many clients are there.
    fn clients(&self) -> MutexGuard<'_, usize> {
        let clients = self.shared.clients.lock();
        clients.unwrap_or_else(PoisonError::into_inner)
    }

    /// A signal has come: most end the server.
    pub(crate) fn hears(&self, signal: Signal) {
        match (signal, self.fault) {
            (Signal::Continue, Some(Fault::DiesWhenStopped)) => {
                self.die("a system call was interrupted")
            }
            (Signal::Continue, _) => {}
            (signal, Some(fault)) if fault.ignores(signal) => {}
            (_, Some(Fault::WaitsForClients)) => {
                let left = &self.shared.client_left;
                let waited = left.wait_while(self.clients(), |clients| *clients > 0);
                drop(waited);
                let _ = self.fate.send(Fate::Signal);
            }
            _ => {
                let _ = self.fate.send(Fate::Signal);
            }
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

    /// Ends the server, whose only client has left.
    pub(crate) fn retire(&self) -> ! {
        let _ = self.fate.send(Fate::Signal);
        stand_still()
    }

    /// Ends the server from outside: its threads stand still at their next [`check`](Self::check).
    #[cfg(test)]
    pub(crate) fn end(&self) {
        self.over.store(true, Ordering::SeqCst);
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
