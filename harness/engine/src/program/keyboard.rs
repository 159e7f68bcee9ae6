//! What is typed to a program: its standard input, a pipe or a terminal.

use std::fs::File;
use std::io::{self, PipeWriter, Write};
use std::os::fd::AsFd;

/// What a program gets for a standard input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Input {
    /// A pipe.
    #[default]
    Pipe,
    /// A terminal, without echo.
    Terminal,
}

/// The byte that a terminal takes for the end of what is typed (`^D`).
const END_OF_INPUT: u8 = 0x04;

/// The harness's end of a program's standard input.
#[derive(Debug)]
pub enum Keyboard {
    /// A pipe; `None` once it was closed.
    Pipe(Option<PipeWriter>),
    /// A terminal.
    Terminal(File),
}

impl Keyboard {
    /// The end of a pipe.
    pub fn pipe(ours: PipeWriter) -> Self {
        Keyboard::Pipe(Some(ours))
    }

    /// The other side of a terminal.
    pub fn terminal(ours: File) -> Self {
        Keyboard::Terminal(ours)
    }

    /// Types some bytes: few, so that they fit what the system keeps of them.
    ///
    /// # Errors
    /// Nobody can read them any more.
    pub fn type_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Keyboard::Pipe(Some(pipe)) => pipe.write_all(bytes),
            Keyboard::Pipe(None) => Err(io::ErrorKind::BrokenPipe.into()),
            Keyboard::Terminal(terminal) => terminal.write_all(bytes),
        }
    }

    /// Ends what is typed.
    pub fn end(&mut self) {
        match self {
            Keyboard::Pipe(pipe) => *pipe = None,
            Keyboard::Terminal(terminal) => {
                let _ = terminal.write_all(&[END_OF_INPUT]);
            }
        }
    }

    /// Whether the program has read all that was typed, as far as can be seen.
    pub fn is_read(&self) -> bool {
        match self {
            Keyboard::Pipe(Some(pipe)) => {
                rustix::io::ioctl_fionread(pipe.as_fd()).is_ok_and(|unread| unread == 0)
            }
            Keyboard::Pipe(None) | Keyboard::Terminal(_) => true,
        }
    }
}
