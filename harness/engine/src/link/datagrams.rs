//! Sockets for datagrams: ours towards the target, an ear for what comes from elsewhere, and a network
//! in between that loses what a mask says.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket as StdUdpSocket};

use sockspec_case::loss::{Crossing, Direction, Mask, Passage, Wire};
use sockspec_case::play::Play;
use sockspec_case::transcript::{Barrier, Kind};
use tokio::net::UdpSocket;

use super::{Link, Socket};
use crate::target::Target;

/// How much of a datagram from elsewhere is kept, in bytes.
const OVERHEARD_BYTES: usize = 2048;

/// A socket of our own that is connected to `address`, and its ear.
///
/// A connected socket never sees what comes from another address. The ear has the same port and is
/// not connected: the kernel hands it the rest. Where there can be none, what comes from elsewhere is
/// not heard.
pub(super) async fn open(
    address: SocketAddr,
    client: Client,
) -> io::Result<(UdpSocket, Option<StdUdpSocket>)> {
    let any: IpAddr = match address {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => std::net::Ipv6Addr::UNSPECIFIED.into(),
    };
    // An address of our own choice that this machine does not have is no reason to give up.
    let chosen = match client.from {
        Some(from) => UdpSocket::bind((from, 0)).await.ok(),
        None => None,
    };
    let socket = match chosen {
        Some(socket) => socket,
        None => UdpSocket::bind((any, 0)).await?,
    };
    if client.is_gone {
        // Connected to itself, the socket takes nothing from the target: the system tells the target
        // what it tells about a port that was closed. However quick the target is, its client is gone,
        // as a client on another machine would be.
        socket.connect(own(&socket, address)?).await?;
        return Ok((socket, None));
    }
    let ear = ear(&socket).ok();
    socket.connect(address).await?;
    Ok((socket, ear))
}

/// Where the socket can be reached from this machine.
fn own(socket: &UdpSocket, target: SocketAddr) -> io::Result<SocketAddr> {
    let mut own = socket.local_addr()?;
    if own.ip().is_unspecified() {
        own.set_ip(match target {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    Ok(own)
}

/// An unconnected socket on the same port.
fn ear(socket: &UdpSocket) -> io::Result<StdUdpSocket> {
    let address = socket.local_addr()?;
    let own = socket2::SockRef::from(socket);
    let ear = socket2::Socket::new(
        socket2::Domain::for_address(address),
        socket2::Type::DGRAM,
        Some(socket2::Protocol::UDP),
    )?;
    // Two sockets share a port only while both say that they do; nobody else shall join them.
    own.set_reuse_address(true)?;
    ear.set_reuse_address(true)?;
    let bound = ear.bind(&address.into());
    own.set_reuse_address(false)?;
    ear.set_reuse_address(false)?;
    bound?;
    ear.set_nonblocking(true)?;
    Ok(ear.into())
}

/// What is special about a client of datagrams.
#[derive(Clone, Copy, Debug, Default)]
pub struct Client {
    /// Its address, where it is not any.
    from: Option<IpAddr>,
    /// Whether it has left before an answer reaches it.
    is_gone: bool,
}

impl Client {
    /// Whether it has left before an answer reaches it.
    pub fn is_gone(self) -> bool {
        self.is_gone
    }

    /// Client `connection` of a play.
    pub fn of(play: &Play, target: &Target, connection: u8) -> Self {
        let spread = play.network.as_ref().is_some_and(|network| network.spread);
        let from = match target {
            Target::Udp(SocketAddr::V4(address)) if spread && address.ip().is_loopback() => {
                let last = connection.checked_add(1);
                last.map(|last| Ipv4Addr::new(127, 0, 0, last).into())
            }
            _ => None,
        };
        Client {
            from,
            is_gone: matches!(target, Target::Udp(_)) && play.leaves_unheard(connection),
        }
    }
}

impl Link {
    /// From now on datagrams cross a network that does what the mask says.
    pub fn put_under(&mut self, mask: Mask) {
        self.wire = (mask != Mask::default()).then(|| Wire::new(mask));
    }

    /// Whether datagrams cross a network that does something to them.
    pub fn is_lossy(&self) -> bool {
        self.wire.is_some()
    }

    /// What came from another address than the target's, if something has. Told once.
    pub fn overhear(&mut self) -> Option<Kind> {
        let mut buffer = [0; OVERHEARD_BYTES];
        let (length, from) = self.ear.as_ref()?.recv_from(&mut buffer).ok()?;
        self.ear = None;
        Some(Kind::Elsewhere {
            from: from.to_string(),
            bytes: buffer[..length].to_vec(),
        })
    }

    /// Hands a datagram to the network. Returns what happened, as the transcript tells it; what the
    /// player must be told waits in the inbox.
    pub async fn send_over(&mut self, bytes: Vec<u8>) -> Vec<Kind> {
        self.came = false;
        let Some(wire) = &mut self.wire else {
            return Vec::new();
        };
        let mut events = Vec::new();
        for passage in wire.carry(Direction::ToServer, bytes) {
            if passage.crossing == Crossing::Lost {
                self.inbox.push_back(lost(passage));
                continue;
            }
            if let (Socket::Udp(socket), true) = (&self.socket, leaves(&passage)) {
                // An error shows when the datagram is sent.
                let _ = socket.writable().await;
            }
            events.push(self.cross(passage));
        }
        events
    }

    /// A datagram of the target reaches the network: what follows waits behind what has come before.
    pub(super) fn receive_over(&mut self, bytes: Vec<u8>) {
        let Some(wire) = &mut self.wire else {
            self.arrived.push_back(Kind::Received(bytes));
            return;
        };
        for passage in wire.carry(Direction::ToClient, bytes) {
            let kind = self.cross(passage);
            self.arrived.push_back(kind);
        }
    }

    /// Does what happens to a datagram, and tells it.
    fn cross(&mut self, passage: Passage) -> Kind {
        match (passage.direction, passage.crossing) {
            (_, Crossing::Lost) => lost(passage),
            (direction, Crossing::Held) => Kind::Held {
                direction,
                bytes: passage.bytes,
            },
            (Direction::ToClient, _) => Kind::Received(passage.bytes),
            (Direction::ToServer, crossing) => match self.transmit(&passage.bytes) {
                Err(_) => Kind::SendFailed,
                Ok(()) if crossing == Crossing::Doubled => Kind::Doubled(passage.bytes),
                Ok(()) => Kind::Sent {
                    bytes: passage.bytes,
                    barrier: Barrier::None,
                },
            },
        }
    }

    /// Sends a datagram now.
    fn transmit(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Socket::Udp(socket) = &self.socket else {
            return Err(io::ErrorKind::Unsupported.into());
        };
        self.sent += bytes.len();
        let flags = rustix::net::SendFlags::empty();
        let send = || match self.unheard {
            Some(target) => rustix::net::sendto(socket, bytes, flags, &target),
            None => rustix::net::send(socket, bytes, flags),
        };
        match send() {
            // The answer to an earlier datagram (ICMP: nobody is there), told once.
            Err(rustix::io::Errno::CONNREFUSED) => send()?,
            other => other?,
        };
        Ok(())
    }
}

fn leaves(passage: &Passage) -> bool {
    passage.direction == Direction::ToServer && passage.crossing.is_delivered()
}

fn lost(passage: Passage) -> Kind {
    Kind::Lost {
        direction: passage.direction,
        bytes: passage.bytes,
    }
}
