//! Ends a program with all its processes: nothing of it is left, whatever becomes of the harness.

use std::time::{Duration, Instant};

use rustix::process::Signal;
use sockspec_case::program::Exit;
use tokio::time::timeout;

use super::spawn::Running;

/// How long SIGKILL may take to end all processes of a program.
const KILL: Duration = Duration::from_secs(2);
/// The first and the longest pause between two looks at processes that give no sign of their end.
const PAUSES: [Duration; 2] = [Duration::from_millis(1), Duration::from_millis(10)];

impl Running {
    /// Ends all of it: SIGTERM, and SIGKILL for what is still there after `grace`.
    pub async fn end(mut self, grace: Duration) {
        if !self.is_gone() {
            self.tree.signal(Signal::TERM);
            // Who was stopped hears nothing until it goes on.
            self.tree.signal(Signal::CONT);
            self.gone(grace).await;
        }
        self.tree.kill(KILL);
        self.wait(KILL).await;
    }

    /// Whether no process of it runs any more.
    pub fn is_gone(&mut self) -> bool {
        self.exit();
        self.tree.is_gone()
    }

    /// Waits until no process of it runs any more, at most so long. Tells whether that is so.
    pub async fn gone(&mut self, limit: Duration) -> bool {
        let start = Instant::now();
        let mut pauses = Pauses::default();
        while !self.is_gone() {
            let left = limit.saturating_sub(start.elapsed());
            if left.is_zero() {
                return false;
            }
            self.pause(pauses.longer().min(left)).await;
        }
        true
    }

    /// Lets a moment pass, or less when the program ends meanwhile.
    pub async fn pause(&mut self, time: Duration) {
        match self.exit() {
            // Others of its tree are awaited.
            Some(_) => moment(time).await,
            None => {
                self.wait(time).await;
            }
        }
    }

    /// How it ended, and the end of what it printed.
    pub fn ended(&mut self) -> Option<(Exit, Vec<u8>)> {
        let exit = self.exit()?;
        if self.tree.is_gone() {
            self.capture.wait_for_end(LAST_WORDS);
        }
        Some((exit, self.capture.last_words()))
    }
}

/// How long the last words of a program that has ended may be under way.
const LAST_WORDS: Duration = Duration::from_millis(500);

impl Drop for Running {
    fn drop(&mut self) {
        if !self.is_gone() {
            self.tree.kill(KILL);
        }
    }
}

/// Lets a moment pass: for what gives no sign, and must be looked at again.
pub async fn moment(time: Duration) {
    let _ = timeout(time, std::future::pending::<()>()).await;
}

/// Pauses between looks, each longer than the one before.
#[derive(Debug)]
pub struct Pauses(Duration);

impl Default for Pauses {
    fn default() -> Self {
        Pauses(PAUSES[0])
    }
}

impl Pauses {
    /// The next pause, longer than the last.
    pub fn longer(&mut self) -> Duration {
        let now = self.0;
        self.0 = (now * 2).min(PAUSES[1]);
        now
    }
}
