//! A terminal for a program that wants one: without echo, and without a carriage return before each line feed.

use std::fs::{File, OpenOptions};
use std::io;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, OutputModes, tcgetattr, tcsetattr};

/// Both sides of a terminal.
#[derive(Debug)]
pub struct Terminal {
    /// The harness's side: what is written here is typed, what is read here was shown.
    pub ours: File,
    /// The program's side.
    pub theirs: File,
}

impl Terminal {
    /// A new terminal.
    ///
    /// # Errors
    /// The system has none.
    pub fn open() -> io::Result<Self> {
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&ours)?;
        unlockpt(&ours)?;
        let name = ptsname(&ours, Vec::new())?;
        let path = name.to_string_lossy().into_owned();
        use std::os::unix::fs::OpenOptionsExt;
        let theirs = OpenOptions::new()
            .read(true)
            .write(true)
            .custom_flags(libc::O_NOCTTY | libc::O_CLOEXEC)
            .open(path)?;
        let mut modes = tcgetattr(&theirs)?;
        modes.local_modes -= LocalModes::ECHO;
        modes.output_modes -= OutputModes::OPOST;
        tcsetattr(&theirs, OptionalActions::Now, &modes)?;
        Ok(Terminal {
            ours: File::from(ours),
            theirs,
        })
    }
}
