//! Mistakes of a program as a program: how it is called, listens, is interrupted, waits, and what it keeps.
//!
//! On the wire such a server is right, whatever its exercise. Only who starts it, sends it signals or looks at what it
//! uses can see what is wrong. They stand apart from the mistakes of the exercises, and every exercise has them.

use std::hint;
use std::io;
use std::mem;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use socket2::SockRef;
use sockspec_kit::{
    ServeError, ServeOptions, Signal, SocketPath, bind_udp, listen_tcp, listen_tcp_plainly,
    listen_unix,
};

use crate::life::stand_still;

macro_rules! faults {
    ($($fault:ident, $name:literal, $cause:literal, $tcp:literal, $summary:literal;)*) => {
        /// One mistake of a program as a program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Fault {
            $(#[doc = $summary] $fault,)*
        }

        /// Every such mistake.
        const FAULTS: &[(Fault, ProgramFlaw)] = &[$((
            Fault::$fault,
            ProgramFlaw { name: $name, cause: $cause, tcp_only: $tcp, summary: $summary },
        ),)*];

        /// Every flaw of a program as a program.
        static FLAWS: &[ProgramFlaw] = &[$(
            ProgramFlaw { name: $name, cause: $cause, tcp_only: $tcp, summary: $summary },
        )*];
    };
}

/// A flaw that every exercise's server can have, and that shows only to who starts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgramFlaw {
    /// The flaw's name, in kebab case.
    pub name: &'static str,
    /// The cause that a diagnosis should give.
    pub cause: &'static str,
    /// Whether it takes connections to show.
    pub tcp_only: bool,
    /// The mistake, in one sentence whose subject is the server.
    pub summary: &'static str,
}

faults! {
    ListensElsewhere, "listens-elsewhere", "listens-elsewhere", false,
        "listens on a port that the system chose, instead of the one it was given.";
    ReadsPortLikeAtoi, "reads-port-like-atoi", "arguments-not-checked", false,
        "takes a port that is no number for 0, and of a greater one its last 16 bits.";
    CrashesOnExtraArgument, "crashes-on-extra-argument", "arguments-not-checked", false,
        "aborts when it is given an argument too many.";
    EndsWell, "ends-well", "fails-silently", false,
        "ends with exit code 0 whatever went wrong.";
    SaysNothing, "says-nothing", "fails-silently", false,
        "does not say what went wrong.";
    IgnoresFailedBind, "ignores-failed-bind", "ignores-failed-bind", true,
        "does not look whether it got its port, and listens on any.";
    LeavesStaleSocket, "leaves-stale-socket", "dies-at-start", false,
        "does not remove the socket that an earlier server left at its path.";
    NoReuseAddress, "no-reuse-address", "no-reuse-address", true,
        "cannot have its port again while its last connections linger.";
    IgnoresInterrupt, "ignores-sigint", "ignores-signals", false,
        "catches SIGINT, and goes on.";
    IgnoresTerminate, "ignores-sigterm", "ignores-signals", false,
        "catches SIGTERM, and goes on.";
    WaitsForClients, "waits-for-clients", "ignores-signals", true,
        "ends only when its last client has left.";
    DiesWhenStopped, "dies-when-stopped", "dies-when-stopped", false,
        "takes a call that was interrupted for one that failed, and dies.";
    DiesOfSilence, "dies-of-silence", "gives-up-on-silence", false,
        "waits for a client with a timeout, and dies of it.";
    DropsTheSilent, "drops-the-silent", "gives-up-on-silence", true,
        "closes the connection of a client that says nothing for a second.";
    PollsForClients, "polls-for-clients", "busy-waits", false,
        "asks without pause whether somebody has come.";
    PollsItsClients, "polls-its-clients", "busy-waits", true,
        "asks its clients without pause whether they have said something.";
    LeaksDescriptors, "leaks-descriptors", "leaks-descriptors", false,
        "opens a file for each client, and never closes it.";
    LeaksThreads, "leaks-threads", "leaks-threads", false,
        "starts a second thread for each client, which never ends.";
    LeavesChildren, "leaves-children", "leaves-children", false,
        "starts a process for each client, which outlives it.";
    LeavesZombies, "leaves-zombies", "leaves-zombies", false,
        "starts a process for each client, and never waits for its end.";
    LeaksMemory, "leaks-memory", "leaks-memory", false,
        "keeps a buffer for each client that has left.";
}

/// The flaws that every exercise's server can have, and that show only to who starts it.
pub fn program_flaws() -> &'static [ProgramFlaw] {
    FLAWS
}

/// What a program does where something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// Whether it says so.
    pub speaks: bool,
    /// Whether its exit code says so.
    pub fails: bool,
    /// Whether it looks at its port before it takes it.
    pub checks_port: bool,
}

/// The manners of a server with this flaw, or with none.
pub fn manners(flaw: Option<&str>) -> Manners {
    let fault = flaw.and_then(Fault::named);
    Manners {
        speaks: fault != Some(Fault::SaysNothing),
        fails: fault != Some(Fault::EndsWell),
        checks_port: fault != Some(Fault::ReadsPortLikeAtoi),
    }
}

/// How long the impatient wait.
const PATIENCE: Duration = Duration::from_secs(1);

/// Memory that is kept for each client, in bytes.
const KEPT_BYTES: usize = 512 << 10;

impl Fault {
    /// The mistake of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let found = FAULTS.iter().find(|(_, flaw)| flaw.name == name);
        found.map(|(fault, _)| *fault)
    }

    /// Opens the listening socket.
    pub(crate) fn listen(
        fault: Option<Self>,
        options: &ServeOptions,
    ) -> Result<TcpListener, ServeError> {
        let listener = match fault {
            Some(Self::ListensElsewhere) => listen_tcp(&anywhere(options)),
            Some(Self::IgnoresFailedBind) => {
                listen_tcp(options).or_else(|_| listen_tcp(&anywhere(options)))
            }
            Some(Self::NoReuseAddress) => listen_tcp_plainly(options),
            _ => listen_tcp(options),
        }?;
        if fault == Some(Self::PollsForClients) {
            let _ = listener.set_nonblocking(true);
        }
        if fault == Some(Self::DiesOfSilence) {
            // Of a listening socket it is how long `accept` waits.
            let _ = SockRef::from(&listener).set_read_timeout(Some(PATIENCE));
        }
        Ok(listener)
    }

    /// Opens the listening socket at a path.
    pub(crate) fn listen_unix(
        fault: Option<Self>,
        options: &ServeOptions,
        usual: &str,
    ) -> Result<(UnixListener, SocketPath), ServeError> {
        if fault == Some(Self::LeavesStaleSocket) {
            let path = options.path.clone().unwrap_or_else(|| usual.into());
            if path.exists() {
                return Err(ServeError::Bind {
                    address: path.display().to_string(),
                    source: io::ErrorKind::AddrInUse.into(),
                });
            }
        }
        listen_unix(options, usual)
    }

    /// Binds the socket for datagrams.
    pub(crate) fn bind(
        fault: Option<Self>,
        options: &ServeOptions,
    ) -> Result<UdpSocket, ServeError> {
        let socket = match fault {
            Some(Self::ListensElsewhere) => bind_udp(&anywhere(options)),
            _ => bind_udp(options),
        }?;
        if fault == Some(Self::PollsForClients) {
            let _ = socket.set_nonblocking(true);
        }
        if fault == Some(Self::DiesOfSilence) {
            let _ = socket.set_read_timeout(Some(PATIENCE));
        }
        Ok(socket)
    }

    /// Makes a connection's socket what the mistake makes of it.
    pub(crate) fn prepare(self, stream: &TcpStream) {
        let _ = match self {
            Self::PollsItsClients => stream.set_nonblocking(true),
            Self::DropsTheSilent => stream.set_read_timeout(Some(PATIENCE)),
            _ => Ok(()),
        };
    }

    /// Whether the server goes on in spite of this signal.
    pub(crate) fn ignores(self, signal: Signal) -> bool {
        matches!(
            (self, signal),
            (Self::IgnoresInterrupt, Signal::Interrupt)
                | (Self::IgnoresTerminate, Signal::Terminate)
        )
    }

    /// What is left of a client that has gone.
    pub(crate) fn keep(self) {
        match self {
            Self::LeaksDescriptors => mem::forget(std::fs::File::open("/dev/null")),
            Self::LeaksThreads => {
                thread::spawn(|| stand_still());
            }
            // They end by themselves, long after anybody has looked.
            Self::LeavesChildren => drop(spawn(Command::new("sleep").arg("60"))),
            Self::LeavesZombies => drop(spawn(&mut Command::new("true"))),
            // Opaque to the compiler, which else leaves out an allocation that nobody reads.
            Self::LeaksMemory => mem::forget(hint::black_box(vec![1u8; KEPT_BYTES])),
            _ => {}
        }
    }
}

/// Starts a process that nobody waits for.
fn spawn(command: &mut Command) -> io::Result<()> {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null());
    quiet.stderr(Stdio::null()).spawn().map(|_| ())
}

/// The same, on whatever port is free.
fn anywhere(options: &ServeOptions) -> ServeOptions {
    ServeOptions {
        port: 0,
        ..options.clone()
    }
}

/// What `atoi` and 16 bits make of the text of a port.
pub fn port_like_atoi(text: &str) -> u16 {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse::<u64>().unwrap_or(0) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_slugs_and_are_found() {
        for (fault, flaw) in FAULTS {
            assert_eq!(Fault::named(flaw.name), Some(*fault));
            assert!(flaw.summary.ends_with('.'), "{}", flaw.summary);
        }
        assert_eq!(Fault::named("none"), None);
        assert_eq!(FAULTS.len(), program_flaws().len());
    }

    #[test]
    fn atoi_takes_what_it_can() {
        assert_eq!(port_like_atoi("abc"), 0);
        assert_eq!(port_like_atoi("70000"), 4464);
        assert_eq!(port_like_atoi("2056x"), 2056);
    }
}
