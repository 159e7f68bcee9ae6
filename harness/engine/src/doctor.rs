//! What this machine allows a grading: each thing is tried once, on loopback only, and undone.
//!
//! Nothing is judged here but whether it works; what that means is for the reader's language to say.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use sockspec_sockdiag::{Diag, PeerSocket};

use crate::program::port::Port;

/// How long a connection to ourselves may take.
const LIMIT: Duration = Duration::from_secs(5);

/// What can be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// A TCP connection over 127.0.0.1.
    Loopback,
    /// A port below those that the system gives to clients.
    FreePort,
    /// A program can be started.
    Start,
    /// The kernel tells what a server has read (`NETLINK_SOCK_DIAG`).
    SocketTables,
    /// What a program that was started is waiting for can be seen in `/proc`.
    Processes,
    /// A TCP connection over `::1`.
    LoopbackV6,
    /// A second address of this machine, 127.0.0.2.
    SecondAddress,
    /// A Unix stream socket.
    UnixSocket,
    /// A pseudo-terminal.
    Terminal,
}

impl Ability {
    /// All, those first without which nothing is graded.
    pub const ALL: [Ability; 9] = [
        Ability::Loopback,
        Ability::FreePort,
        Ability::Start,
        Ability::SocketTables,
        Ability::Processes,
        Ability::LoopbackV6,
        Ability::SecondAddress,
        Ability::UnixSocket,
        Ability::Terminal,
    ];

    /// Its name in messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Ability::Loopback => "loopback",
            Ability::FreePort => "free-port",
            Ability::Start => "start",
            Ability::SocketTables => "socket-tables",
            Ability::Processes => "processes",
            Ability::LoopbackV6 => "loopback-v6",
            Ability::SecondAddress => "second-address",
            Ability::UnixSocket => "unix-socket",
            Ability::Terminal => "terminal",
        }
    }

    /// Whether no program at all can be graded without it.
    pub const fn is_essential(self) -> bool {
        matches!(self, Ability::Loopback | Ability::FreePort | Ability::Start)
    }

    /// Tries it.
    ///
    /// # Errors
    /// Why the system refuses, in its own words.
    pub fn attempt(self) -> io::Result<()> {
        match self {
            Ability::Loopback => connection(Ipv4Addr::LOCALHOST.into()).map(drop),
            Ability::FreePort => Port::free().map(drop),
            Ability::Start => started().map(drop),
            Ability::SocketTables => socket_tables(),
            Ability::Processes => processes(),
            Ability::LoopbackV6 => connection(Ipv6Addr::LOCALHOST.into()).map(drop),
            Ability::SecondAddress => connection(Ipv4Addr::new(127, 0, 0, 2).into()).map(drop),
            Ability::UnixSocket => unix_socket(),
            Ability::Terminal => {
                let mut terminal = std::fs::File::options();
                terminal.read(true).write(true).open("/dev/ptmx").map(drop)
            }
        }
    }
}

/// Where a program of this name is found, as the system would look for it.
pub fn program(name: &str) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| {
            let facts = file.metadata();
            facts.is_ok_and(|facts| facts.is_file() && facts.permissions().mode() & 0o111 != 0)
        })
}

/// A connection to ourselves: the client's end, and the server's.
fn connection(host: IpAddr) -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind(SocketAddr::new(host, 0))?;
    let client = TcpStream::connect_timeout(&listener.local_addr()?, LIMIT)?;
    let (mut server, _) = listener.accept()?;
    (&client).write_all(b"?")?;
    server.set_read_timeout(Some(LIMIT))?;
    server.read_exact(&mut [0])?;
    Ok((client, server))
}

fn socket_tables() -> io::Result<()> {
    let (client, _server) = connection(Ipv4Addr::LOCALHOST.into())?;
    match Diag::open()?.tcp_peer(client.local_addr()?, client.peer_addr()?)? {
        PeerSocket::Visible(_) => Ok(()),
        PeerSocket::Gone => Err(io::ErrorKind::NotFound.into()),
    }
}

/// A program that waits for input, ended when this is dropped.
struct Waiting(Child);

impl Drop for Waiting {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn started() -> io::Result<Waiting> {
    let mut command = Command::new("sh");
    command.args(["-c", "echo; read line"]);
    let child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut waiting = Waiting(child);
    // It has said a line: it runs.
    if let Some(said) = &mut waiting.0.stdout {
        said.read_exact(&mut [0])?;
    }
    Ok(waiting)
}

fn processes() -> io::Result<()> {
    let waiting = started()?;
    let folder = PathBuf::from(format!("/proc/{}", waiting.0.id()));
    std::fs::read_to_string(folder.join("syscall"))?;
    std::fs::read_dir(folder.join("fd")).map(drop)
}

fn unix_socket() -> io::Result<()> {
    use std::os::unix::net::{UnixListener, UnixStream};
    let name = format!("sockspec-doctor-{}", std::process::id());
    let path = std::env::temp_dir().join(name);
    let listener = UnixListener::bind(&path)?;
    let connected = UnixStream::connect(&path);
    // What was made is taken away, whether or not it could be used.
    std::fs::remove_file(&path)?;
    drop(listener);
    connected.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_grade_needs_is_here_or_no_test_would_run() {
        for ability in Ability::ALL.iter().filter(|one| one.is_essential()) {
            assert!(ability.attempt().is_ok(), "{}", ability.as_str());
        }
    }

    #[test]
    fn an_unix_socket_leaves_no_file() {
        let name = format!("sockspec-doctor-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        unix_socket().expect("it works here");
        assert!(!path.exists());
    }

    #[test]
    fn programs_are_looked_for_in_the_path() {
        assert!(program("sh").is_some_and(|path| path.ends_with("sh")));
        assert_eq!(program("no such program"), None);
    }
}
