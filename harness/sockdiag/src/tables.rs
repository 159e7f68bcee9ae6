//! The sockets that take clients, from the kernel's tables: who listens, and where.
//!
//! Reading them disturbs nobody. A connection made only to see whether somebody listens would be the one client that
//! some servers serve.
//!
//! Source: `proc(5)`, `/proc/net/{tcp,tcp6,udp,udp6,unix}`.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

/// A socket that takes clients: a TCP or Unix socket that listens, or a UDP socket bound and not connected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Where clients find it.
    pub place: Place,
    /// Inode of the descriptor; with Multipath TCP an inner socket's, which no descriptor shows.
    pub inode: u32,
}

/// Where a socket is bound.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A TCP socket that listens at this address.
    Tcp(SocketAddr),
    /// A UDP socket at this address.
    Udp(SocketAddr),
    /// A Unix stream socket that listens at this path; an abstract name begins with `@`.
    Unix(PathBuf),
}

impl Place {
    /// The port, for TCP and UDP.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        match self {
            Self::Tcp(address) | Self::Udp(address) => Some(address.port()),
            Self::Unix(_) => None,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "TCP {address}"),
            Self::Udp(address) => write!(f, "UDP {address}"),
            Self::Unix(path) => write!(f, "Unix {}", path.display()),
        }
    }
}

/// All sockets of this network namespace that take clients.
///
/// # Errors
/// Where there are no such tables: on systems other than Linux.
pub fn bound() -> io::Result<Vec<Bound>> {
    // The tables of IPv6 are absent where the kernel has none.
    let tables = [
        (
            listening("tcp")?,
            TCP_LISTEN,
            Place::Tcp as fn(SocketAddr) -> Place,
        ),
        (
            listening("tcp6").unwrap_or_default(),
            TCP_LISTEN,
            Place::Tcp,
        ),
        (table("udp").unwrap_or_default(), UNCONNECTED, Place::Udp),
        (table("udp6").unwrap_or_default(), UNCONNECTED, Place::Udp),
    ];
    let mut all = Vec::new();
    for (table, state, place) in &tables {
        let sockets = table.lines().filter_map(|line| internet(line, state));
        all.extend(sockets.map(|(address, inode)| Bound {
            place: place(address),
            inode,
        }));
    }
    let unix = table("unix").unwrap_or_default();
    all.extend(unix.lines().filter_map(unix_listener));
    Ok(all)
}

fn table(name: &str) -> io::Result<String> {
    fs::read_to_string(format!("/proc/net/{name}"))
}

/// The beginning of a TCP table, where the sockets that listen stand: behind them thousands of connections may linger,
/// and the kernel writes only what is read.
fn listening(name: &str) -> io::Result<String> {
    let mut lines = BufReader::new(File::open(format!("/proc/net/{name}"))?);
    let mut text = String::new();
    // The heading.
    lines.read_line(&mut text)?;
    loop {
        let start = text.len();
        lines.read_line(&mut text)?;
        if internet(&text[start..], TCP_LISTEN).is_none() {
            return Ok(text);
        }
    }
}

/// States as in `net/tcp_states.h`, which UDP borrows.
const TCP_LISTEN: &str = "0A";
const UNCONNECTED: &str = "07";

/// Address and inode in a line of an internet table, if the socket is in this state.
fn internet(line: &str, state: &str) -> Option<(SocketAddr, u32)> {
    let mut fields = line.split_ascii_whitespace();
    let local = fields.nth(1)?;
    (fields.nth(1)? == state).then_some(())?;
    let inode = fields.nth(5)?.parse().ok()?;
    Some((address(local)?, inode))
}

/// `0100007F:C350`: each word of 32 bits in the machine's byte order, the port as one reads it.
fn address(text: &str) -> Option<SocketAddr> {
    let (ip, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let mut bytes = Vec::new();
    for word in ip.as_bytes().chunks(8) {
        let word = u32::from_str_radix(str::from_utf8(word).ok()?, 16).ok()?;
        bytes.extend(word.to_ne_bytes());
    }
    match <[u8; 4]>::try_from(&bytes[..]) {
        Ok(four) => Some((Ipv4Addr::from(four), port).into()),
        Err(_) => Some((Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?), port).into()),
    }
}

/// `SO_ACCEPTCON` among the flags of a Unix socket: it listens.
const LISTENS: u32 = 0x0001_0000;

/// `ffff…: 00000002 00000000 00010000 0001 01 4711 /tmp/socket`.
fn unix_listener(line: &str) -> Option<Bound> {
    let mut rest = line;
    let mut field = || {
        let (one, after) = rest.trim_start().split_once(' ')?;
        rest = after;
        Some(one)
    };
    let flags = u32::from_str_radix(field().and(field()).and(field()).and_then(|_| field())?, 16);
    let inode = field().and(field()).and_then(|_| field())?.parse().ok()?;
    let path = rest.trim_start();
    (flags.ok()? & LISTENS != 0 && !path.is_empty()).then(|| Bound {
        place: Place::Unix(PathBuf::from(path)),
        inode,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_endian = "little")]
    fn a_line_of_a_table_is_an_address_and_an_inode() {
        let line = "   1: 0100007F:C357 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 36125 1 0";
        assert_eq!(
            internet(line, TCP_LISTEN),
            Some((([127, 0, 0, 1], 50_007).into(), 36_125))
        );
        assert_eq!(internet(line, UNCONNECTED), None);
        assert_eq!(
            address("00000000000000000000000001000000:1F90"),
            Some("[::1]:8080".parse().unwrap())
        );
    }

    #[test]
    fn a_unix_socket_that_listens_has_a_path_that_may_hold_spaces() {
        let line = "0000000000000000: 00000002 00000000 00010000 0001 01 25423 /tmp/my socket";
        let bound = unix_listener(line).unwrap();
        assert_eq!(bound.place, Place::Unix("/tmp/my socket".into()));
        assert_eq!(bound.inode, 25_423);
        let connected = "0000000000000000: 00000003 00000000 00000000 0001 03 25424 /tmp/a";
        assert_eq!(unix_listener(connected), None);
        assert_eq!(
            unix_listener("Num RefCount Protocol Flags Type St Inode Path"),
            None
        );
    }

    #[test]
    fn what_this_process_listens_on_is_found() {
        let Ok(before) = bound() else { return };
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let wanted = Place::Tcp(address);
        assert!(before.iter().all(|one| one.place != wanted));
        assert!(bound().unwrap().iter().any(|one| one.place == wanted));
    }
}
