//! A port of its own for each program that is started.
//!
//! The port is free for TCP and UDP, of connections in TIME_WAIT too, so that no program fails for what another
//! left behind; and it lies below the ports that the system gives to clients, so that no connection
//! of ours takes it meanwhile. While it is used, a name in the abstract namespace of Unix sockets holds it
//! against other gradings on the same machine; the system drops that name with the process.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::os::unix::net::UnixDatagram;
use std::sync::atomic::{AtomicU16, Ordering};

use socket2::{Domain, Socket, Type};
use sockspec_case::port::PortSeen;
use sockspec_sockdiag::Process;
use sockspec_spec::dialogue::Protocol;

/// The lowest port given: below are those of services.
const LOWEST: u16 = 10_240;
/// The first port of clients where the system does not say.
const USUAL_CLIENTS: u16 = 32_768;
/// A range shorter than this is not worth keeping to.
const FEWEST: u16 = 1_000;

/// A port that is free, and held against other gradings until it is dropped.
#[derive(Debug)]
pub struct Port {
    number: u16,
    _held: Option<UnixDatagram>,
}

impl Port {
    /// A free port.
    ///
    /// # Errors
    /// None is free.
    pub fn free() -> io::Result<Self> {
        let clients = first_client_port().unwrap_or(USUAL_CLIENTS);
        let end = match clients.saturating_sub(LOWEST) {
            FEWEST.. => clients,
            _ => u16::MAX,
        };
        let span = end - LOWEST;
        for _ in 0..span {
            let number = LOWEST + next() % span;
            let Some(held) = hold(number) else { continue };
            if is_free(number) {
                return Ok(Port {
                    number,
                    _held: held,
                });
            }
        }
        Err(io::ErrorKind::AddrInUse.into())
    }

    /// Its number.
    pub fn number(&self) -> u16 {
        self.number
    }
}

/// Numbers that follow each other with gaps, from a start that differs between processes.
fn next() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    const STRIDE: u16 = 7;
    let start = (std::process::id() as u16).wrapping_mul(101);
    start.wrapping_add(NEXT.fetch_add(STRIDE, Ordering::Relaxed))
}

/// The name that holds a port; `None` when somebody else has it. Where there are no such names nothing
/// is held.
fn hold(number: u16) -> Option<Option<UnixDatagram>> {
    #[cfg(target_os = "linux")]
    {
        use std::os::linux::net::SocketAddrExt;
        use std::os::unix::net::SocketAddr;
        let name = format!("sockspec-port-{number}");
        let bound =
            SocketAddr::from_abstract_name(name).and_then(|name| UnixDatagram::bind_addr(&name));
        match bound {
            Ok(held) => Some(Some(held)),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => None,
            Err(_) => Some(None),
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = number;
        Some(None)
    }
}

/// Whether the port can be bound by a program that takes no care at all: without `SO_REUSEADDR`.
fn is_free(number: u16) -> bool {
    let any = SocketAddr::from((Ipv4Addr::UNSPECIFIED, number));
    let any6 = SocketAddr::from((Ipv6Addr::UNSPECIFIED, number));
    UdpSocket::bind(any).is_ok()
        && bind_plainly(any).is_ok()
        // Without IPv6 nobody can be in the way there.
        && match bind_plainly(any6) {
            Ok(()) => true,
            Err(error) => error.kind() != io::ErrorKind::AddrInUse,
        }
}

/// Binds a TCP socket without `SO_REUSEADDR`, which the standard library sets.
fn bind_plainly(address: SocketAddr) -> io::Result<()> {
    bind(Type::STREAM, address)
}

fn bind(kind: Type, address: SocketAddr) -> io::Result<()> {
    let socket = Socket::new(Domain::for_address(address), kind, None)?;
    socket.bind(&address.into())
}

/// What the kernel says of ports: whether a socket of these processes has it, and whether it gives such ports to who
/// asks for any.
///
/// A socket that is bound and does not listen is in no table. Where the processes may not be looked into, nobody else
/// can have its port at least: that is tried, for a moment.
pub fn look(protocol: Protocol, ports: &[u16], processes: &[Process]) -> Vec<PortSeen> {
    let kind = match protocol {
        Protocol::Tcp => Type::STREAM,
        Protocol::Udp => Type::DGRAM,
    };
    let held: io::Result<Vec<Vec<u16>>> = processes.iter().map(|one| one.ports(kind)).collect();
    let (first, last) = client_ports().unwrap_or((USUAL_CLIENTS, u16::MAX));
    let look = |port: &u16| PortSeen {
        port: *port,
        bound: match &held {
            Ok(held) => held.iter().flatten().any(|one| one == port),
            Err(_) => is_taken(kind, *port),
        },
        given: (first..=last).contains(port),
    };
    ports.iter().map(look).collect()
}

/// Whether somebody has a port, a connection in TIME_WAIT included.
fn is_taken(kind: Type, port: u16) -> bool {
    let any: [IpAddr; 2] = [Ipv6Addr::UNSPECIFIED.into(), Ipv4Addr::UNSPECIFIED.into()];
    let taken = |address: IpAddr| {
        let bound = bind(kind, SocketAddr::from((address, port)));
        bound.is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse)
    };
    port != 0 && any.into_iter().any(taken)
}

fn first_client_port() -> Option<u16> {
    client_ports().map(|(first, _)| first)
}

/// The first and the last port that the system gives to who asks for any (`ip_local_port_range`).
fn client_ports() -> Option<(u16, u16)> {
    let range = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").ok()?;
    let mut ends = range.split_ascii_whitespace().map(str::parse);
    Some((ends.next()?.ok()?, ends.next()?.ok()?))
}

/// Listens on every address of a port, as another program would that was there first.
///
/// # Errors
/// What the system said.
pub fn occupy(number: u16) -> io::Result<TcpListener> {
    let listen = |address: SocketAddr, both: bool| -> io::Result<TcpListener> {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
        if both {
            socket.set_only_v6(false)?;
        }
        socket.bind(&address.into())?;
        socket.listen(1)?;
        Ok(socket.into())
    };
    listen((Ipv6Addr::UNSPECIFIED, number).into(), true)
        .or_else(|_| listen((Ipv4Addr::UNSPECIFIED, number).into(), false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_free_and_differ() {
        let ports: Vec<Port> = (0..20).map(|_| Port::free().unwrap()).collect();
        let mut numbers: Vec<u16> = ports.iter().map(Port::number).collect();
        numbers.dedup();
        assert_eq!(numbers.len(), 20);
        for port in &ports {
            assert!(port.number() >= LOWEST);
            assert!(is_free(port.number()));
        }
    }

    #[test]
    fn a_port_is_held_until_it_is_dropped() {
        let port = Port::free().unwrap();
        let number = port.number();
        assert!(hold(number).is_none());
        drop(port);
        assert!(hold(number).is_some());
    }

    #[test]
    fn a_port_that_the_system_gave_is_seen_while_it_is_bound() {
        for (protocol, kind) in [(Protocol::Tcp, Type::STREAM), (Protocol::Udp, Type::DGRAM)] {
            for address in [
                SocketAddr::from(([127, 0, 0, 1], 0)),
                SocketAddr::from(([0, 0, 0, 0], 0)),
            ] {
                let socket = Socket::new(Domain::IPV4, kind, None).unwrap();
                socket.bind(&address.into()).unwrap();
                let port = socket.local_addr().unwrap().as_socket().unwrap().port();
                let own = [Process::own()];
                let seen = |bound| {
                    vec![PortSeen {
                        port,
                        bound,
                        given: true,
                    }]
                };
                assert_eq!(look(protocol, &[port], &own), seen(true));
                assert!(is_taken(kind, port));
                drop(socket);
                assert_eq!(look(protocol, &[port], &own), seen(false));
            }
            assert!(!is_taken(kind, 0));
        }
    }

    #[test]
    fn an_occupied_port_is_not_free() {
        let port = Port::free().unwrap();
        let _other = occupy(port.number()).unwrap();
        assert!(!is_free(port.number()));
    }
}
