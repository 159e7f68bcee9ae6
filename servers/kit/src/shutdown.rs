//! SIGINT and SIGTERM end a server.

use std::io::{self, Write};
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// The handlers of SIGINT and SIGTERM, for a server on tokio.
///
/// Install them before [`announce`](crate::announce): who reads the listening line may send a
/// signal at once.
#[derive(Debug)]
pub struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Takes over SIGINT and SIGTERM, which then no longer kill the process.
    ///
    /// # Errors
    /// What the system answered.
    ///
    /// # Panics
    /// Outside a tokio runtime with its I/O enabled.
    pub fn install() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the first of the two.
    pub async fn received(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Calls `on_signal` once, at the first SIGINT or SIGTERM, in a thread of its own: for a server
/// on blocking threads.
///
/// # Errors
/// What the system answered when the handlers were installed.
pub fn watch_signals(on_signal: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            if signals.forever().next().is_some() {
                on_signal();
            }
        })?;
    Ok(())
}

/// Says `Bye` on stderr, as the course's servers do when they are interrupted.
pub fn say_bye() {
    let _ = writeln!(io::stderr(), "Bye");
}
