//! One client's socket, and the mistakes in using it.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use crate::life::{Life, stand_still};
use crate::mistake::Mistake;
use crate::program::Fault;
use crate::utf8;

/// Why a dialogue ends before its time.
pub(crate) enum Stop {
    /// The socket failed; the client is gone.
    Connection,
    /// The thread that serves the client ends, and with it the connection.
    Leave,
    /// The whole server dies.
    Server(&'static str),
}

impl From<io::Error> for Stop {
    fn from(_: io::Error) -> Self {
        Self::Connection
    }
}

/// Bytes asked of the system in one read.
const READ_BYTES: usize = 64 * 1024;

/// The same of a server with a small buffer, which writes often.
const SMALL_READ_BYTES: usize = 256;

/// How long a server that reads until nothing more comes waits for more.
const QUIET: Duration = Duration::from_millis(2);

/// How long a closed connection is still read from, so that the client's unread bytes do not
/// turn the close into a reset.
const LINGER: Duration = Duration::from_secs(1);

/// One client's socket.
pub(crate) struct Connection<'a> {
    stream: TcpStream,
    mistake: Option<Mistake>,
    life: &'a Life,
    held_back: Vec<u8>,
    /// Whether the client has said anything.
    heard: bool,
}

impl<'a> Connection<'a> {
    pub(crate) fn new(stream: TcpStream, mistake: Option<Mistake>, life: &'a Life) -> Self {
        if mistake == Some(Mistake::AnswersNewestClient) {
            *life.newest() = stream.try_clone().ok();
        }
        if let Some(fault) = life.fault() {
            fault.prepare(&stream);
        }
        Self {
            stream,
            mistake,
            life,
            held_back: Vec::new(),
            heard: false,
        }
    }

    /// What the next recv returns; `None` at the client's FIN.
    pub(crate) fn receive(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut chunk = self.read()?;
        match self.mistake {
            Some(Mistake::SpinsAtEof) => {
                while chunk.is_empty() {
                    self.life.check();
                    chunk = self.read()?;
                }
            }
            Some(Mistake::LosesAnswersAtHalfClose) if !chunk.is_empty() => {
                self.stream.set_read_timeout(Some(QUIET))?;
                loop {
                    match self.read() {
                        Ok(more) if more.is_empty() => return Ok(None),
                        Ok(mut more) => chunk.append(&mut more),
                        Err(error) if is_timeout(&error) => break,
                        Err(error) => return Err(error),
                    }
                }
                self.stream.set_read_timeout(None)?;
            }
            Some(Mistake::DiesOnSilentClient) if chunk.is_empty() && !self.heard => {
                self.life.die("a client left without a word")
            }
            _ => {}
        }
        self.heard = true;
        self.life.check();
        Ok((!chunk.is_empty()).then_some(chunk))
    }

    /// Sends `bytes`, one whole answer.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.mistake {
            Some(Mistake::AnswersLate) => {
                let late = std::mem::replace(&mut self.held_back, bytes.to_vec());
                self.stream.write_all(&late)
            }
            Some(Mistake::FormatString) => self.stream.write_all(&utf8::printed(bytes)),
            Some(Mistake::BytesVersusCharacters) => {
                self.stream.write_all(&bytes[..utf8::characters(bytes)])
            }
            Some(Mistake::IgnoresPartialWrite) => {
                self.stream.set_nonblocking(true)?;
                let taken = self.stream.write(bytes);
                self.stream.set_nonblocking(false)?;
                match taken {
                    Err(error) if !is_timeout(&error) => Err(error),
                    _ => Ok(()),
                }
            }
            Some(Mistake::DiesWriting) => match self.stream.write_all(bytes) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                    self.life.die("it wrote to a client that had left")
                }
                other => other,
            },
            Some(Mistake::OneLockForAll) => {
                let _held = self.life.lock();
                self.stream.write_all(bytes)
            }
            Some(Mistake::AnswersNewestClient) => match &mut *self.life.newest() {
                Some(newest) => newest.write_all(bytes),
                None => Ok(()),
            },
            _ => self.stream.write_all(bytes),
        }
    }

    /// Ends after the client's FIN.
    pub(crate) fn end(mut self) -> io::Result<()> {
        self.stream.write_all(&self.held_back)?;
        if self.mistake == Some(Mistake::NeverCloses) {
            stand_still()
        }
        Ok(())
    }

    /// Ends before the client's FIN: sends one, and reads what the client still sends.
    pub(crate) fn close(mut self) -> io::Result<()> {
        self.stream.write_all(&self.held_back)?;
        self.stream.shutdown(Shutdown::Write)?;
        let end = Instant::now() + LINGER;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            self.stream.set_read_timeout(Some(left))?;
            match self.read() {
                Ok(chunk) if chunk.is_empty() => return Ok(()),
                Ok(_) => {}
                Err(error) if is_timeout(&error) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        let length = match self.mistake {
            Some(Mistake::DiesWriting) => SMALL_READ_BYTES,
            _ => READ_BYTES,
        };
        let mut chunk = vec![0; length];
        let length = loop {
            match self.stream.read(&mut chunk) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error)
                    if error.kind() == ErrorKind::WouldBlock
                        && self.life.fault() == Some(Fault::PollsItsClients) => {}
                read => break read?,
            }
        };
        chunk.truncate(length);
        Ok(chunk)
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
