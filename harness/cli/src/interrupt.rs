//! SIGINT and SIGTERM, where something was started that must be ended first.

use tokio::signal::unix::{SignalKind, signal};

/// A signal that asks the command to end, by its number.
pub type Number = i32;

/// Waits for SIGINT or SIGTERM; for ever where the system does not let it be known.
pub async fn received() -> Number {
    tokio::select! {
        number = one(SignalKind::interrupt()) => number,
        number = one(SignalKind::terminate()) => number,
    }
}

async fn one(kind: SignalKind) -> Number {
    match signal(kind) {
        Ok(mut stream) => {
            stream.recv().await;
            kind.as_raw_value()
        }
        Err(_) => std::future::pending().await,
    }
}

/// Ends this process by the signal, as it would have ended without a handler: whoever started it can tell.
pub fn pass_on(number: Number) {
    // Where it cannot be done, the exit code says it.
    let _ = signal_hook::low_level::emulate_default_handler(number);
}
