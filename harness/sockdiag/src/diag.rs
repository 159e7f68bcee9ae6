//! Exact socket lookups over `NETLINK_SOCK_DIAG`: one question, one answer, no dump.
//!
//! Addresses are always given the way the *client* sees them: `ours` is our own end, `theirs` the server's. The socket
//! looked up is the server's. A query costs a few microseconds and takes no privilege; sockets of other users can be
//! seen, sockets of other network namespaces and of other machines cannot.
//!
//! IPv4 questions also find dual-stack servers bound to `::`, and any question finds servers bound to a wildcard
//! address. A wildcard given as `theirs` is taken to mean loopback.
//!
//! Source: `sock_diag(7)`, `linux/inet_diag.h`, `tcp_diag_get_info` and `udp_dump_one` in the kernel.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

#[cfg(target_os = "linux")]
mod netlink;
#[cfg(not(target_os = "linux"))]
#[path = "diag/netlink_absent.rs"]
mod netlink;
mod wire;

use netlink::Netlink;
pub use wire::TcpState;
use wire::{Protocol, Question, RawSocket};

/// A connection to the kernel's socket tables.
///
/// Share it (`Arc<Diag>`): every query is one short critical section, and one descriptor serves all connections.
#[derive(Debug)]
pub struct Diag {
    netlink: Netlink,
}

/// The server's end of one TCP connection of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeerSocket {
    /// No such socket: closed, reset, or never visible from here.
    Gone,
    /// The socket as it was a moment ago.
    Visible(TcpSocket),
}

/// One TCP socket as the kernel describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TcpSocket {
    /// State of the connection.
    pub state: TcpState,
    /// Bytes received and not yet read by the application; a FIN not yet read counts as one byte.
    pub rqueue: u32,
    /// Bytes written by the application and not yet acknowledged by us.
    pub wqueue: u32,
    /// Bytes received in order since the connection began; a received FIN counts as one byte.
    ///
    /// `None` when the kernel gave no `tcp_info`: `SYN_RECV` and `TIME_WAIT`, or Linux before 4.1.
    pub bytes_received: Option<u64>,
    /// Bytes sent and acknowledged by us; a FIN counts as one byte.
    pub bytes_acked: Option<u64>,
    /// Bytes sent including retransmissions; `None` before Linux 4.19.
    pub bytes_sent: Option<u64>,
    /// Segments with data received, in other words how often our cuts arrived as cuts; `None` before Linux 4.6.
    pub data_segs_in: Option<u32>,
    /// Inode of the descriptor; 0 before `accept` and after the application closed its last descriptor.
    pub inode: u32,
    /// User that owns the socket.
    pub uid: u32,
}

impl TcpSocket {
    /// Whether the application has closed the socket, so that nothing we send can be read any more.
    #[must_use]
    pub fn is_orphan(&self) -> bool {
        use TcpState::{Close, Closing, FinWait1, FinWait2, LastAck, TimeWait};
        self.inode == 0
            && matches!(
                self.state,
                FinWait1 | FinWait2 | Closing | TimeWait | LastAck | Close
            )
    }
}

/// A listening TCP socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listener {
    /// Connections established and not yet accepted.
    pub queue: u32,
    /// The limit given to `listen`, capped by `net.core.somaxconn`; one more than this fits.
    pub backlog: u32,
    /// Inode of the descriptor; with Multipath TCP an inner socket's, which no descriptor shows.
    pub inode: u32,
    /// User that owns the socket.
    pub uid: u32,
}

/// A bound UDP socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UdpSocket {
    /// Memory held by datagrams not yet read, in bytes; 0 exactly when there are none.
    pub rqueue: u32,
    /// Memory held by datagrams on their way out, in bytes.
    pub wqueue: u32,
    /// Datagrams dropped since the socket was made, mostly for want of buffer.
    pub drops: Option<u32>,
    /// Inode of the descriptor.
    pub inode: u32,
    /// User that owns the socket.
    pub uid: u32,
}

impl Diag {
    /// Opens a netlink socket.
    ///
    /// # Errors
    /// `Unsupported` on systems other than Linux; otherwise what `socket(2)` said.
    pub fn open() -> io::Result<Self> {
        Ok(Self {
            netlink: Netlink::open()?,
        })
    }

    /// Looks up the server's end of the connection from `ours` to `theirs`.
    ///
    /// A lookup that finds no connection falls back to the listening socket in the kernel; such an answer is recognised
    /// and reported as [`PeerSocket::Gone`].
    ///
    /// # Errors
    /// What the kernel said, other than "not found"; `InvalidData` for an answer that cannot be read.
    pub fn tcp_peer(&self, ours: SocketAddr, theirs: SocketAddr) -> io::Result<PeerSocket> {
        let theirs = reachable(theirs);
        let found = self.ask(Protocol::Tcp, theirs, Some(ours))?;
        Ok(match found {
            Some(raw)
                if raw.state != TcpState::Listen
                    && raw.peer_port == ours.port()
                    && raw.local_port == theirs.port() =>
            {
                PeerSocket::Visible(TcpSocket {
                    state: raw.state,
                    rqueue: raw.rqueue,
                    wqueue: raw.wqueue,
                    bytes_received: raw.bytes_received,
                    bytes_acked: raw.bytes_acked,
                    bytes_sent: raw.bytes_sent,
                    data_segs_in: raw.data_segs_in,
                    inode: raw.inode,
                    uid: raw.uid,
                })
            }
            _ => PeerSocket::Gone,
        })
    }

    /// Looks up the listening TCP socket that would receive a connection to `address`.
    ///
    /// Among several listeners of one port (`SO_REUSEPORT`) the kernel picks one.
    ///
    /// # Errors
    /// As [`tcp_peer`](Self::tcp_peer).
    pub fn listener(&self, address: SocketAddr) -> io::Result<Option<Listener>> {
        let found = self.ask(Protocol::Tcp, reachable(address), None)?;
        Ok(found
            .filter(|raw| raw.state == TcpState::Listen && raw.local_port == address.port())
            .map(|raw| Listener {
                queue: raw.rqueue,
                backlog: raw.wqueue,
                inode: raw.inode,
                uid: raw.uid,
            }))
    }

    /// Looks up the UDP socket that would receive a datagram sent from `peer` to `address`.
    ///
    /// Without `peer` only sockets that are not connected are found.
    ///
    /// # Errors
    /// As [`tcp_peer`](Self::tcp_peer).
    pub fn udp(
        &self,
        address: SocketAddr,
        peer: Option<SocketAddr>,
    ) -> io::Result<Option<UdpSocket>> {
        let found = self.ask(Protocol::Udp, reachable(address), peer)?;
        Ok(found
            .filter(|raw| raw.local_port == address.port())
            .map(|raw| UdpSocket {
                rqueue: raw.rqueue,
                wqueue: raw.wqueue,
                drops: raw.drops,
                inode: raw.inode,
                uid: raw.uid,
            }))
    }

    fn ask(
        &self,
        protocol: Protocol,
        theirs: SocketAddr,
        ours: Option<SocketAddr>,
    ) -> io::Result<Option<RawSocket>> {
        let question = Question {
            protocol,
            theirs: unmapped(theirs),
            ours: ours.map(unmapped),
        };
        self.netlink.ask(&question)
    }
}

/// The address at which a server bound to `address` can be asked.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

/// `::ffff:a.b.c.d` as `a.b.c.d`: what travels is IPv4, whatever the sockets are.
fn unmapped(mut address: SocketAddr) -> SocketAddr {
    address.set_ip(address.ip().to_canonical());
    address
}
