//! `chat-turns` and `chat-duplex`, and the mistakes in talking with two partners at once: the user and the client.

use std::io::{self, BufRead, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crate::connection::{Connection, Stop};
use crate::life::{Life, stand_still};
use crate::line_printer::{Printer, print_all};
use crate::mistake::Mistake;

/// The server, for its one client: by turns, the client first, or both at any time.
pub(crate) fn server(
    by_turns: bool,
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    let by_turns = match mistake {
        Some(Mistake::SpeaksOutOfTurn) => false,
        Some(Mistake::SpeaksByTurns) => true,
        _ => by_turns,
    };
    move |stream, life| {
        let turns = Arc::new(Turns::default());
        if !by_turns {
            turns.give(u64::MAX);
        }
        let typist = Typist {
            stream: stream.try_clone()?,
            turns: Arc::clone(&turns),
            mistake,
            life: life.clone(),
        };
        thread::spawn(move || typist.work());
        let mut printer = Printer::new(Connection::new(stream, mistake, life), mistake);
        let ended = print_all(&mut printer, mistake, || {
            if by_turns {
                turns.give(1);
            }
            if mistake == Some(Mistake::SpeaksByTurns) {
                turns.wait_until_taken();
            }
        });
        match (ended, mistake) {
            // Who reads the keyboard does not see it.
            (Ok(()) | Err(Stop::Connection), Some(Mistake::WaitsAtKeyboard)) => stand_still(),
            (Err(Stop::Connection), Some(Mistake::DiesOnReset)) => Err(Stop::Connection),
            (Err(Stop::Server(reason)), _) => Err(Stop::Server(reason)),
            (Ok(()) | Err(_), _) => life.retire(),
        }
    }
}

/// How many lines may be sent now.
#[derive(Default)]
struct Turns {
    lines: Mutex<u64>,
    given: Condvar,
}

impl Turns {
    fn give(&self, lines: u64) {
        let mut left = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        *left = left.saturating_add(lines);
        self.given.notify_all();
    }

    /// Waits for a turn, and takes it.
    fn take(&self) {
        let left = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let left = self.given.wait_while(left, |lines| *lines == 0);
        *left.unwrap_or_else(PoisonError::into_inner) -= 1;
        self.given.notify_all();
    }

    fn wait_until_taken(&self) {
        let left = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.given.wait_while(left, |lines| *lines > 0));
    }
}

/// Sends what is typed.
struct Typist {
    stream: TcpStream,
    turns: Arc<Turns>,
    mistake: Option<Mistake>,
    life: Life,
}

impl Typist {
    fn work(mut self) {
        for line in io::stdin().lock().split(b'\n') {
            let Ok(line) = line else { break };
            self.turns.take();
            let line = match self.mistake {
                Some(Mistake::MissingNewline) => line,
                _ => [&line[..], b"\n"].concat(),
            };
            if self.stream.write_all(&line).is_err() {
                break;
            }
        }
        match self.mistake {
            Some(Mistake::DiesAtEndOfInput) => self.life.die("there is nothing more to read"),
            Some(Mistake::IgnoresEndOfInput) => stand_still(),
            Some(Mistake::WaitsAtKeyboard) => self.life.retire(),
            _ => {
                let _ = self.stream.shutdown(Shutdown::Write);
            }
        }
    }
}
