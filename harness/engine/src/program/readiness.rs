//! Whether a started program listens, and where: read from the kernel's socket tables, never by connecting.
//! A connection could be the one client that it serves.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use sockspec_sockdiag::tables::{self, Place};
use sockspec_sockdiag::{Diag, Process};
use sockspec_spec::model::Transport;

use crate::target::Target;

/// Where a program was told to listen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// How clients come.
    pub transport: Transport,
    /// The port, for TCP and UDP.
    pub port: u16,
    /// The path, for a Unix socket.
    pub path: String,
}

impl Told {
    /// Whether a socket is where it should be.
    fn is(&self, place: &Place) -> bool {
        match (self.transport, place) {
            (Transport::Tcp, Place::Tcp(address)) | (Transport::Udp, Place::Udp(address)) => {
                address.port() == self.port
            }
            (Transport::Unix, Place::Unix(path)) => path == Path::new(&self.path),
            _ => false,
        }
    }

    /// The place in words, as that of a socket.
    pub fn shown(&self) -> String {
        match self.transport {
            Transport::Tcp => format!("TCP {}", self.port),
            Transport::Udp => format!("UDP {}", self.port),
            Transport::Unix => format!("Unix {}", self.path),
            Transport::None => String::new(),
        }
    }
}

/// What the tables say of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// It listens where it was told.
    Listens(Target),
    /// It listens, but there only.
    Elsewhere(Vec<Place>),
    /// It does not listen.
    Nowhere,
}

/// A quick look for a socket at the port that was told, whoever holds it; may miss one on another address
/// than the loopback's.
pub fn may_listen(told: &Told, diag: Option<&Diag>) -> bool {
    let Some(diag) = diag else { return true };
    let loopbacks: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    loopbacks
        .iter()
        .any(|ip| has_socket(diag, told.transport, SocketAddr::new(*ip, told.port)))
}

/// Whether any program at all has the port or the path.
pub fn is_taken(told: &Told) -> bool {
    tables::bound().is_ok_and(|all| all.iter().any(|bound| told.is(&bound.place)))
}

/// Looks in the tables for sockets of these processes.
pub fn look(told: &Told, processes: &[Process], diag: Option<&Diag>) -> Sight {
    let Ok(all) = tables::bound() else {
        return Sight::Nowhere;
    };
    let own: Vec<u32> = processes
        .iter()
        .filter_map(|process| process.sockets().ok())
        .flatten()
        .collect();
    let (there, elsewhere): (Vec<_>, Vec<_>) = all
        .into_iter()
        .filter(|bound| own.contains(&bound.inode) || told.is(&bound.place))
        .partition(|bound| told.is(&bound.place));
    // The best address first: clients are of this machine.
    let mut mine: Vec<Place> = there
        .into_iter()
        .filter(|bound| own.contains(&bound.inode) || is_nobodys(bound.inode))
        .map(|bound| bound.place)
        .collect();
    mine.sort_by_key(|place| !is_loopback(place));
    match mine.first() {
        Some(place) => Sight::Listens(target(place, diag)),
        None if elsewhere.is_empty() => Sight::Nowhere,
        None => Sight::Elsewhere(elsewhere.into_iter().map(|bound| bound.place).collect()),
    }
}

/// Whether no descriptor of any process shows the socket. The socket behind a listener of Multipath TCP is such a
/// one; the port was free before the program started, so it is the program's.
fn is_nobodys(inode: u32) -> bool {
    inode != 0 && Process::holding(inode).is_ok_and(|holders| holders.is_empty())
}

fn is_loopback(place: &Place) -> bool {
    match place {
        Place::Tcp(address) | Place::Udp(address) => {
            let ip = address.ip().to_canonical();
            ip == IpAddr::V4(Ipv4Addr::LOCALHOST) || ip == IpAddr::V4(Ipv4Addr::UNSPECIFIED)
        }
        Place::Unix(_) => true,
    }
}

/// The address at which a client reaches a socket.
fn target(place: &Place, diag: Option<&Diag>) -> Target {
    match place {
        Place::Tcp(address) => Target::Tcp(reachable(*address, Transport::Tcp, diag)),
        Place::Udp(address) => Target::Udp(reachable(*address, Transport::Udp, diag)),
        Place::Unix(path) => Target::Unix(path.clone()),
    }
}

/// A wildcard is reached over IPv4, as the sheets do, unless it takes IPv6 only.
fn reachable(mut address: SocketAddr, transport: Transport, diag: Option<&Diag>) -> SocketAddr {
    address.set_ip(address.ip().to_canonical());
    if !address.ip().is_unspecified() {
        return address;
    }
    let ip4 = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port());
    match diag.is_none_or(|diag| has_socket(diag, transport, ip4)) {
        true => ip4,
        false => SocketAddr::new(Ipv6Addr::LOCALHOST.into(), address.port()),
    }
}

fn has_socket(diag: &Diag, transport: Transport, address: SocketAddr) -> bool {
    match transport {
        Transport::Tcp => diag.listener(address).is_ok_and(|found| found.is_some()),
        Transport::Udp => diag.udp(address, None).is_ok_and(|found| found.is_some()),
        Transport::Unix | Transport::None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(port: u16) -> Told {
        Told {
            transport: Transport::Tcp,
            port,
            path: String::new(),
        }
    }

    #[test]
    fn a_listener_is_found_by_its_port_and_its_process() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let own = [Process::own()];
        if tables::bound().is_err() {
            return;
        }
        assert_eq!(
            look(&told(address.port()), &own, None),
            Sight::Listens(Target::Tcp(address))
        );
        let diag = Diag::open().ok();
        assert!(may_listen(&told(address.port()), diag.as_ref()));
        let Sight::Elsewhere(places) = look(&told(1), &own, None) else {
            panic!("the listener is not seen");
        };
        assert!(places.contains(&Place::Tcp(address)));
        // Another program's socket is not this one's.
        assert_eq!(look(&told(address.port()), &[], None), Sight::Nowhere);
    }

    #[test]
    fn a_wildcard_is_reached_by_the_loopback() {
        let place = Place::Tcp("[::]:2056".parse().unwrap());
        assert_eq!(
            target(&place, None),
            Target::Tcp(([127, 0, 0, 1], 2056).into())
        );
        let place = Place::Udp("192.0.2.1:2056".parse().unwrap());
        assert_eq!(
            target(&place, None),
            Target::Udp(([192, 0, 2, 1], 2056).into())
        );
    }
}
