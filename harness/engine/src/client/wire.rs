//! The server's side of a play: a listener and its connections, or a socket for datagrams.
//!
//! Nothing here waits: each look takes what has come.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use sockspec_case::client::request::{Requests, parted};
use sockspec_case::transcript::Kind;
use sockspec_sockdiag::{Diag, ReadBarrier};
use sockspec_spec::model::Transport;

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
    /// On TCP.
    Stream(StreamServer),
    /// On UDP.
    Datagram(DatagramServer),
    /// Nobody, at this port.
    Nobody(u16),
}

/// A server on TCP, which serves the connection that was made last.
#[derive(Debug)]
pub struct StreamServer {
    listener: Option<TcpListener>,
    port: u16,
    connection: Option<Connection>,
    /// Earlier connections, held open so that they end as their client wishes.
    earlier: Vec<TcpStream>,
    requests: Requests,
    accepted: u8,
}

#[derive(Debug)]
struct Connection {
    stream: TcpStream,
    barrier: Option<ReadBarrier>,
    /// The client has ended its direction.
    ended: bool,
    /// The server has ended its own.
    finished: bool,
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
    /// A server on a port of its own.
    ///
    /// # Errors
    /// The system has none.
    pub fn open(transport: Transport) -> io::Result<Self> {
        if transport == Transport::Udp {
            let socket = UdpSocket::bind((HOST, 0))?;
            socket.set_nonblocking(true)?;
            return Ok(Wire::Datagram(DatagramServer {
                socket,
                client: None,
                first: None,
                waiting: VecDeque::new(),
            }));
        }
        let listener = TcpListener::bind((HOST, 0))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        Ok(Wire::Stream(StreamServer {
            listener: Some(listener),
            port,
            connection: None,
            earlier: Vec::new(),
            requests: Requests::default(),
            accepted: 0,
        }))
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        match self {
            Wire::Stream(server) => server.port,
            Wire::Datagram(server) => server.socket.local_addr().map_or(0, |one| one.port()),
            Wire::Nobody(port) => *port,
        }
    }

    /// Takes what has come, as events with their connection.
    pub fn look(&mut self, diag: Option<&Arc<Diag>>, events: &mut Vec<(u8, Kind)>) {
        match self {
            Wire::Stream(server) => server.look(diag, events),
            Wire::Datagram(server) => server.look(events),
            Wire::Nobody(_) => {}
        }
    }

    /// Whether a client has come: connected, or sent a datagram.
    pub fn has_client(&self) -> bool {
        match self {
            Wire::Stream(server) => server.connection.is_some(),
            Wire::Datagram(server) => server.first.is_some(),
            Wire::Nobody(_) => false,
        }
    }

    /// Takes the request `expected`, if it has come; gives what ended it.
    pub fn take(&mut self, expected: &[u8]) -> Option<Vec<u8>> {
        match self {
            Wire::Stream(server) => server.requests.take(expected),
            Wire::Datagram(server) => server.take(expected),
            Wire::Nobody(_) => None,
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
            Wire::Stream(server) => server.requests.take_any(),
            Wire::Datagram(server) => server.pop().map(|datagram| parted(&datagram)),
            Wire::Nobody(_) => None,
        }
    }

    /// Whether the client has ended its direction of the connection, and the server has not.
    pub fn is_half_closed(&self) -> bool {
        match self {
            Wire::Stream(server) => server
                .connection
                .as_ref()
                .is_some_and(|one| one.ended && !one.finished),
            _ => false,
        }
    }

    /// The line end that came late for the request taken last.
    pub fn take_late_end(&mut self) -> Vec<u8> {
        match self {
            Wire::Stream(server) => server.requests.take_late_end(),
            _ => Vec::new(),
        }
    }

    /// The number of the present connection.
    pub fn connection(&self) -> u8 {
        match self {
            Wire::Stream(server) => server.accepted.max(1),
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
            Wire::Nobody(_) => false,
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
        if let Ok(other) = UdpSocket::bind((OTHER_HOST, self.port())) {
            let _ = other.send_to(bytes, client);
        }
        Ok(())
    }

    /// Whether the client has read all that was sent; `None` where that cannot be seen.
    pub fn is_read(&mut self) -> Option<bool> {
        let Wire::Stream(server) = self else {
            return None;
        };
        let barrier = server.connection.as_mut()?.barrier.as_mut()?;
        match barrier.poll() {
            sockspec_sockdiag::Progress::Pending => Some(false),
            sockspec_sockdiag::Progress::Read | sockspec_sockdiag::Progress::Gone => Some(true),
            sockspec_sockdiag::Progress::Unsupported => None,
        }
    }

    /// Ends the connection, by an RST or a FIN; nobody listens any more.
    pub fn leave(&mut self, by_reset: bool) {
        if let Wire::Stream(server) = self {
            server.listener = None;
            if let Some(connection) = server.connection.take() {
                if by_reset {
                    let socket = socket2::SockRef::from(&connection.stream);
                    let _ = socket.set_linger(Some(Duration::ZERO));
                } else {
                    let _ = connection.stream.shutdown(Shutdown::Write);
                }
            }
        }
    }

    /// Ends this direction of the connection.
    pub fn finish(&mut self) {
        if let Wire::Stream(server) = self
            && let Some(connection) = &mut server.connection
        {
            connection.finished = true;
            let _ = connection.stream.shutdown(Shutdown::Write);
        }
    }
}

impl StreamServer {
    fn look(&mut self, diag: Option<&Arc<Diag>>, events: &mut Vec<(u8, Kind)>) {
        let accepted = self.listener.as_ref().and_then(|one| one.accept().ok());
        if let Some((stream, _)) = accepted {
            self.accept(stream, diag, events);
        }
        let Some(connection) = self.connection.as_mut().filter(|one| !one.ended) else {
            return;
        };
        let mut buffer = vec![0; READ_BYTES];
        match connection.stream.read(&mut buffer) {
            Ok(0) => {
                connection.ended = true;
                events.push((self.accepted, Kind::Fin));
            }
            Ok(length) => {
                // Of a client that writes a request in two pieces, the system holds the second until
                // the first is acknowledged: at once, or the line end would come after its answer.
                let _ = socket2::SockRef::from(&connection.stream).set_tcp_quickack(true);
                self.requests.push(&buffer[..length]);
                events.push((self.accepted, Kind::Received(buffer[..length].to_vec())));
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => {
                connection.ended = true;
                events.push((self.accepted, Kind::Reset));
            }
        }
    }

    fn accept(
        &mut self,
        stream: TcpStream,
        diag: Option<&Arc<Diag>>,
        events: &mut Vec<(u8, Kind)>,
    ) {
        if stream.set_nonblocking(true).is_err() {
            return;
        }
        let _ = stream.set_nodelay(true);
        let barrier = match (diag, stream.local_addr(), stream.peer_addr()) {
            (Some(diag), Ok(ours), Ok(theirs)) => {
                Some(ReadBarrier::new(Arc::clone(diag), ours, theirs))
            }
            _ => None,
        };
        let fresh = Connection {
            stream,
            barrier,
            ended: false,
            finished: false,
        };
        if let Some(before) = self.connection.replace(fresh) {
            self.earlier.push(before.stream);
        }
        self.requests.clear();
        self.accepted = self.accepted.saturating_add(1);
        events.push((self.accepted, Kind::Opened));
    }

    fn send(&mut self, bytes: &[u8]) -> bool {
        let Some(connection) = &mut self.connection else {
            return false;
        };
        // Answers are short: they fit the system's buffer.
        let sent = connection.stream.write_all(bytes).is_ok();
        if let (true, Some(barrier)) = (sent, &mut connection.barrier) {
            barrier.sent(bytes.len() as u64);
        }
        sent
    }
}

impl DatagramServer {
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
