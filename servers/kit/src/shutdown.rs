//! SIGINT and SIGTERM end a server.

use std::io::{self, Write};
use std::thread;

use signal_hook::consts::{SIGCONT, SIGINT, SIGTERM};
use tokio::signal::unix::{Signal as Stream, SignalKind, signal};

/// The handlers of SIGINT and SIGTERM, for a server on tokio.
///
/// Install them before [`announce`](crate::announce): who reads the listening line may send a
/// signal at once.
#[derive(Debug)]
pub struct Signals {
    interrupt: Stream,
    terminate: Stream,
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

/// A signal that a server on blocking threads hears of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGINT, as Ctrl-C sends it.
    Interrupt,
    /// SIGTERM, as `kill` sends it.
    Terminate,
    /// SIGCONT, as `fg` sends it.
    Continue,
}

/// Calls `on_signal` at each SIGINT, SIGTERM and SIGCONT, in a thread of its own: for a server on
/// blocking threads. The first two no longer kill the process.
///
/// # Errors
/// What the system answered when the handlers were installed.
pub fn watch_signals(mut on_signal: impl FnMut(Signal) + Send + 'static) -> io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGCONT])?;
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for number in signals.forever() {
                on_signal(match number {
                    SIGINT => Signal::Interrupt,
                    SIGTERM => Signal::Terminate,
                    _ => Signal::Continue,
                });
            }
        })?;
    Ok(())
}

/// Says `Bye` on stderr, as the course's servers do when they are interrupted.
pub fn say_bye() {
    let _ = writeln!(io::stderr(), "Bye");
}
