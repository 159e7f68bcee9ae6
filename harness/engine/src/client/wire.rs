//! The server's side of a play: a listener and its connections, or a socket for datagrams.
//!
//! Nothing here waits: each look takes what has come.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::Arc;

use socket2::{Domain, Socket, Type};
use sockspec_case::client::request::{OwnRequest, parted};
use sockspec_case::transcript::Kind;
use sockspec_sockdiag::Diag;
use sockspec_spec::model::Transport;

use crate::program::{Folder, Values};

mod stream;

use stream::StreamServer;

/// Where clients are sent.
pub const HOST: Ipv4Addr = Ipv4Addr::LOCALHOST;
/// Another address of this machine.
const OTHER_HOST: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
/// How much one look takes of a connection, in bytes.
const READ_BYTES: usize = 64 << 10;
/// Most datagrams that wait to be treated.
const MAX_WAITING: usize = 256;

/// A server.
#[derive(Debug)]
pub enum Wire {
    /// On TCP, or on a Unix socket.
    Stream(StreamServer),
    /// On UDP.
    Datagram(DatagramServer),
    /// Nobody, at a place that stays free as long as this: see [`Wire::nobody`].
    Nobody {
        /// Where nobody is.
        place: Place,
        /// Keeps the port.
        _kept: Option<Socket>,
    },
}

/// Where clients find a server.
#[derive(Clone, Debug)]
pub enum Place {
    /// At a port of [`HOST`].
    Port(u16),
    /// At a path, in a folder of its own that lasts as long as this.
    Path(Arc<Folder>),
}

impl Place {
    /// The name of the socket in its folder: short, for paths of sockets are.
    const SOCKET: &str = "socket";

    /// What stands for the placeholders of the client's command.
    pub fn values(&self) -> Values {
        let (port, path) = match self {
            Place::Port(port) => (port.to_string(), String::new()),
            Place::Path(folder) => {
                let path = folder.path().join(Self::SOCKET);
                (String::new(), path.display().to_string())
            }
        };
        Values {
            port,
            path,
            host: HOST.to_string(),
            ..Values::default()
        }
    }
}

/// A server on UDP.
#[derive(Debug)]
pub struct DatagramServer {
    socket: UdpSocket,
    /// Who sent the datagram that was treated last.
    client: Option<SocketAddr>,
    /// Who sent the first: a client may ask each question from another port.
    first: Option<SocketAddr>,
    waiting: VecDeque<(SocketAddr, Vec<u8>)>,
}

impl Wire {
    /// A server at a place of its own.
    ///
    /// # Errors
    /// The system has none.
    pub fn open(transport: Transport) -> io::Result<Self> {
        match transport {
            Transport::Udp => {
                let socket = UdpSocket::bind((HOST, 0))?;
                socket.set_nonblocking(true)?;
                Ok(Wire::Datagram(DatagramServer {
                    socket,
                    client: None,
                    first: None,
                    waiting: VecDeque::new(),
                }))
            }
            Transport::Unix => StreamServer::on_unix().map(Wire::Stream),
            Transport::Tcp | Transport::None => StreamServer::on_tcp().map(Wire::Stream),
        }
    }

    /// A place where no server is. Its port is kept: given back to the system, it could be the next server's, of
    /// another play or another program, and that would answer.
    ///
    /// # Errors
    /// The system has none.
    pub fn nobody(transport: Transport) -> io::Result<Self> {
        let any = SocketAddr::from((HOST, 0));
        let socket = match transport {
            Transport::Unix => {
                let place = Self::open(transport)?.place();
                return Ok(Wire::Nobody { place, _kept: None });
            }
            Transport::Udp => {
                let socket = Socket::new(Domain::IPV4, Type::DGRAM, None)?;
                socket.bind(&any.into())?;
                // Connected to itself it takes nothing from others: they are told that nobody is there.
                socket.connect(&socket.local_addr()?)?;
                socket
            }
            Transport::Tcp | Transport::None => {
                let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
                // Bound, and never listening.
                socket.bind(&any.into())?;
                socket
            }
        };
        let port = socket.local_addr()?.as_socket().map_or(0, |one| one.port());
        Ok(Wire::Nobody {
            place: Place::Port(port),
            _kept: Some(socket),
        })
    }

    /// Where clients find it.
    pub fn place(&self) -> Place {
        match self {
            Wire::Stream(server) => server.place().clone(),
            Wire::Datagram(server) => Place::Port(server.port()),
            Wire::Nobody { place, .. } => place.clone(),
        }
    }

    /// What comes is to be left unread, where only that makes a reset of a server's leaving.
    pub fn leave_unread(&mut self) {
        if let Wire::Stream(server) = self {
            server.leave_unread();
        }
    }

    /// Takes what has come, as events with their connection.
    pub fn look(&mut self, diag: Option<&Arc<Diag>>, events: &mut Vec<(u8, Kind)>) {
        match self {
            Wire::Stream(server) => server.look(diag, events),
            Wire::Datagram(server) => server.look(events),
            Wire::Nobody { .. } => {}
        }
    }

    /// Whether a client has come: connected, or sent a datagram.
    pub fn has_client(&self) -> bool {
        match self {
            Wire::Stream(server) => server.has_client(),
            Wire::Datagram(server) => server.first.is_some(),
            Wire::Nobody { .. } => false,
        }
    }

    /// Takes the request `expected`, if it has come; gives what ended it.
    pub fn take(&mut self, expected: &[u8]) -> Option<Vec<u8>> {
        match self {
            Wire::Stream(server) => server.requests().take(expected),
            Wire::Datagram(server) => server.take(expected),
            Wire::Nobody { .. } => None,
        }
    }

    /// Takes the request that a client of streams makes by itself, if it has come whole.
    pub fn take_own(&mut self, own: &OwnRequest) -> bool {
        match self {
            Wire::Stream(server) => server.requests().take_own(own),
            _ => false,
        }
    }

    /// Takes any datagram that has come.
    pub fn take_any(&mut self) -> bool {
        match self {
            Wire::Datagram(server) => server.pop().is_some(),
            _ => false,
        }
    }

    /// Takes one request that has come, whatever it is, and what ended it.
    pub fn take_request(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        match self {
            Wire::Stream(server) => server.requests().take_any(),
            Wire::Datagram(server) => server.pop().map(|datagram| parted(&datagram)),
            Wire::Nobody { .. } => None,
        }
    }

    /// Whether the client has ended its direction of the connection, and the server has not.
    pub fn is_half_closed(&self) -> bool {
        match self {
            Wire::Stream(server) => server.is_half_closed(),
            _ => false,
        }
    }

    /// The line end that came late for the request taken last.
    pub fn take_late_end(&mut self) -> Vec<u8> {
        match self {
            Wire::Stream(server) => server.requests().take_late_end(),
            _ => Vec::new(),
        }
    }

    /// The number of the present connection.
    pub fn connection(&self) -> u8 {
        match self {
            Wire::Stream(server) => server.number(),
            _ => 1,
        }
    }

    /// Sends to the client. `false` when it has left.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        match self {
            Wire::Stream(server) => server.send(bytes),
            Wire::Datagram(server) => server
                .client
                .is_some_and(|client| server.socket.send_to(bytes, client).is_ok()),
            Wire::Nobody { .. } => false,
        }
    }

    /// Sends a datagram to whoever sent the first. `false` when that cannot be.
    pub fn send_to_first(&self, bytes: &[u8]) -> bool {
        match self {
            Wire::Datagram(server) => server
                .first
                .is_some_and(|client| server.socket.send_to(bytes, client).is_ok()),
            _ => false,
        }
    }

    /// Sends a datagram from another port, then one from another address, as if from the server.
    pub fn send_from_elsewhere(&self, bytes: &[u8]) -> io::Result<()> {
        let Wire::Datagram(server) = self else {
            return Ok(());
        };
        let Some(client) = server.client else {
            return Ok(());
        };
        UdpSocket::bind((HOST, 0))?.send_to(bytes, client)?;
        // Where there is no second address of this machine, the other port must do.
        if let Ok(other) = UdpSocket::bind((OTHER_HOST, server.port())) {
            let _ = other.send_to(bytes, client);
        }
        Ok(())
    }

    /// Whether the client has read all that was sent; `None` where that cannot be seen.
    pub fn is_read(&mut self) -> Option<bool> {
        match self {
            Wire::Stream(server) => server.is_read(),
            _ => None,
        }
    }

    /// Ends the connection, by an RST or a FIN; nobody listens any more.
    pub fn leave(&mut self, by_reset: bool) {
        if let Wire::Stream(server) = self {
            server.leave(by_reset);
        }
    }

    /// Ends this direction of the connection. `false` when it had ended, or there is none.
    pub fn finish(&mut self) -> bool {
        match self {
            Wire::Stream(server) => server.finish(),
            _ => false,
        }
    }
}

impl DatagramServer {
    fn port(&self) -> u16 {
        self.socket.local_addr().map_or(0, |one| one.port())
    }

    fn look(&mut self, events: &mut Vec<(u8, Kind)>) {
        let mut buffer = vec![0; READ_BYTES];
        while let Ok((length, client)) = self.socket.recv_from(&mut buffer) {
            self.first = self.first.or(Some(client));
            let bytes = buffer[..length].to_vec();
            if self.waiting.len() < MAX_WAITING {
                self.waiting.push_back((client, bytes.clone()));
            }
            events.push((1, Kind::Received(bytes)));
        }
    }

    /// Takes the next datagram: its sender is the one to be answered.
    fn pop(&mut self) -> Option<Vec<u8>> {
        let (client, datagram) = self.waiting.pop_front()?;
        self.client = Some(client);
        Some(datagram)
    }

    /// Takes the datagram that asks this; others before it are forgotten.
    fn take(&mut self, expected: &[u8]) -> Option<Vec<u8>> {
        let asks = |(_, datagram): &(SocketAddr, Vec<u8>)| parted(datagram).0 == expected;
        let at = self.waiting.iter().position(asks)?;
        self.waiting.drain(..at);
        self.pop().map(|datagram| parted(&datagram).1)
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    fn port(wire: &Wire) -> u16 {
        match wire.place() {
            Place::Port(port) => port,
            Place::Path(_) => panic!("no port"),
        }
    }

    #[test]
    fn where_nobody_is_datagrams_are_refused() {
        let nobody = Wire::nobody(Transport::Udp).unwrap();
        let client = UdpSocket::bind((HOST, 0)).unwrap();
        client.connect((HOST, port(&nobody))).unwrap();
        client.send(b"?").unwrap();
        let error = client.recv(&mut [0; 8]).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    }

    #[test]
    fn where_nobody_is_connections_are_refused() {
        let nobody = Wire::nobody(Transport::Tcp).unwrap();
        let error = TcpStream::connect((HOST, port(&nobody))).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
    }

    #[test]
    fn nobody_else_can_come_where_nobody_is() {
        let nobody = Wire::nobody(Transport::Udp).unwrap();
        let other = UdpSocket::bind((HOST, port(&nobody))).unwrap_err();
        assert_eq!(other.kind(), io::ErrorKind::AddrInUse);
        let nobody = Wire::nobody(Transport::Tcp).unwrap();
        let other = std::net::TcpListener::bind((HOST, port(&nobody))).unwrap_err();
        assert_eq!(other.kind(), io::ErrorKind::AddrInUse);
    }
}
