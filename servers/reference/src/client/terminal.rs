//! What the user types, and what is shown.

use std::io::{self, BufRead, Stdout, Write};
use std::thread;

use tokio::sync::mpsc;

use super::ConnectError;

/// The user's side of a client.
pub(crate) struct Terminal<W> {
    typed: mpsc::Receiver<io::Result<Vec<u8>>>,
    screen: W,
    has_typed: bool,
}

impl Terminal<Stdout> {
    /// stdin and stdout. A thread reads stdin, since a read of it cannot be given up: when the
    /// dialogue ends first, the program ends without waiting for the thread.
    pub(crate) fn of_the_process() -> Self {
        let (sender, typed) = mpsc::channel(1);
        thread::spawn(move || {
            for line in io::stdin().lock().split(b'\n') {
                if sender.blocking_send(line).is_err() {
                    break;
                }
            }
        });
        Self {
            typed,
            screen: io::stdout(),
            has_typed: false,
        }
    }
}

impl<W: Write> Terminal<W> {
    /// The next line typed, without its end; `None` when the user has finished: after the last
    /// line, or at `quit` in whatever letters.
    pub(crate) async fn read_line(&mut self) -> Result<Option<Vec<u8>>, ConnectError> {
        let Some(line) = self.typed.recv().await else {
            return Ok(None);
        };
        self.has_typed = true;
        let mut line = line.map_err(ConnectError::Terminal)?;
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok((!line.trim_ascii().eq_ignore_ascii_case(b"quit")).then_some(line))
    }

    /// Whether any line was typed so far, `quit` included.
    pub(crate) fn has_typed(&self) -> bool {
        self.has_typed
    }

    /// Shows an answer on a line of its own, its bytes as they came.
    pub(crate) fn print(&mut self, answer: &[u8]) -> Result<(), ConnectError> {
        let mut print = || {
            self.screen.write_all(answer)?;
            self.screen.write_all(b"\n")?;
            self.screen.flush()
        };
        print().map_err(ConnectError::Terminal)
    }
}

/// Tells the user, on stderr, what is no answer.
pub(super) fn tell(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

#[cfg(test)]
impl<'a> Terminal<&'a mut Vec<u8>> {
    /// A user who types `lines`, before a screen that can be looked at afterwards.
    pub(crate) fn scripted(lines: &[&str], screen: &'a mut Vec<u8>) -> Self {
        let (sender, typed) = mpsc::channel(lines.len().max(1));
        for line in lines {
            sender.try_send(Ok(line.as_bytes().to_vec())).unwrap();
        }
        Self {
            typed,
            screen,
            has_typed: false,
        }
    }
}
