//! A server of streams, on TCP or on a Unix socket: it serves the connection that was made last.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener};
use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::time::Duration;

use rustix::net::RecvFlags;
use socket2::Socket;
use sockspec_case::client::request::Requests;
use sockspec_case::transcript::Kind;
use sockspec_sockdiag::{Diag, Progress, ReadBarrier};

use super::{HOST, Place, READ_BYTES};
use crate::program::Folder;

/// A server of streams.
#[derive(Debug)]
pub struct StreamServer {
    listener: Option<Socket>,
    place: Place,
    connection: Option<Connection>,
    /// Earlier connections, held open so that they end as their client wishes.
    earlier: Vec<Socket>,
    requests: Requests,
    accepted: u8,
    /// What comes is looked at, and left where it is: a Unix socket is reset only by one who leaves it unread.
    leaves_unread: bool,
}

#[derive(Debug)]
struct Connection {
    stream: Socket,
    barrier: Option<ReadBarrier>,
    /// How much of what was left unread is known, in bytes.
    known: usize,
    /// The client has ended its direction.
    ended: bool,
    /// The server has ended its own.
    finished: bool,
}

impl StreamServer {
    /// At a port of its own.
    ///
    /// # Errors
    /// The system has none.
    pub fn on_tcp() -> io::Result<Self> {
        let listener = TcpListener::bind((HOST, 0))?;
        let place = Place::Port(listener.local_addr()?.port());
        Self::new(listener.into(), place)
    }

    /// At a path of its own.
    ///
    /// # Errors
    /// The system has no room for it.
    pub fn on_unix() -> io::Result<Self> {
        let place = Place::Path(Arc::new(Folder::new()?));
        let listener = UnixListener::bind(place.values().path)?;
        Self::new(listener.into(), place)
    }

    fn new(listener: Socket, place: Place) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(StreamServer {
            listener: Some(listener),
            place,
            connection: None,
            earlier: Vec::new(),
            requests: Requests::default(),
            accepted: 0,
            leaves_unread: false,
        })
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    fn is_local(&self) -> bool {
        matches!(self.place, Place::Path(_))
    }

    /// Of TCP a lingering socket makes a reset, whatever was read.
    pub(super) fn leave_unread(&mut self) {
        self.leaves_unread = self.is_local();
    }

    pub(super) fn has_client(&self) -> bool {
        self.connection.is_some()
    }

    pub(super) fn is_half_closed(&self) -> bool {
        let connection = self.connection.as_ref();
        connection.is_some_and(|one| one.ended && !one.finished)
    }

    /// The number of the present connection.
    pub(super) fn number(&self) -> u8 {
        self.accepted.max(1)
    }

    pub(super) fn requests(&mut self) -> &mut Requests {
        &mut self.requests
    }

    pub(super) fn look(&mut self, diag: Option<&Arc<Diag>>, events: &mut Vec<(u8, Kind)>) {
        let accepted = self.listener.as_ref().and_then(|one| one.accept().ok());
        if let Some((stream, _)) = accepted {
            self.accept(stream, diag, events);
        }
        if self.requests.is_full() {
            // Nobody takes what comes: it waits where it is.
            return;
        }
        let Some(connection) = self.connection.as_mut().filter(|one| !one.ended) else {
            return;
        };
        let received = match self.leaves_unread {
            true => connection.peek(),
            false => connection.read(),
        };
        match received {
            Ok(bytes) if bytes.is_empty() => {
                connection.ended = true;
                events.push((self.accepted, Kind::Fin));
            }
            Ok(bytes) => {
                self.requests.push(&bytes);
                events.push((self.accepted, Kind::Received(bytes)));
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => {
                connection.ended = true;
                events.push((self.accepted, Kind::Reset));
            }
        }
    }

    fn accept(&mut self, stream: Socket, diag: Option<&Arc<Diag>>, events: &mut Vec<(u8, Kind)>) {
        if stream.set_nonblocking(true).is_err() {
            return;
        }
        // A Unix socket has no such option, and does not need it.
        let _ = stream.set_tcp_nodelay(true);
        let address = |address: io::Result<socket2::SockAddr>| address.ok()?.as_socket();
        let barrier = match (
            diag,
            address(stream.local_addr()),
            address(stream.peer_addr()),
        ) {
            (Some(diag), Some(ours), Some(theirs)) => {
                Some(ReadBarrier::new(Arc::clone(diag), ours, theirs))
            }
            _ => None,
        };
        let fresh = Connection {
            stream,
            barrier,
            known: 0,
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

    pub(super) fn send(&mut self, bytes: &[u8]) -> bool {
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

    pub(super) fn is_read(&mut self) -> Option<bool> {
        let barrier = self.connection.as_mut()?.barrier.as_mut()?;
        match barrier.poll() {
            Progress::Pending => Some(false),
            Progress::Read | Progress::Gone => Some(true),
            Progress::Unsupported => None,
        }
    }

    pub(super) fn leave(&mut self, by_reset: bool) {
        let is_local = self.is_local();
        self.listener = None;
        let Some(connection) = self.connection.take() else {
            return;
        };
        if by_reset {
            // Where it is a Unix socket, what was left unread does it.
            let _ = connection.stream.set_linger(Some(Duration::ZERO));
            return;
        }
        let _ = connection.stream.shutdown(Shutdown::Write);
        if is_local {
            // To write where nobody reads any more ends a program at once, before it can see the end: on TCP the
            // first write never does.
            self.earlier.push(connection.stream);
        }
    }

    pub(super) fn finish(&mut self) -> bool {
        match &mut self.connection {
            Some(connection) if !connection.finished => {
                connection.finished = true;
                let _ = connection.stream.shutdown(Shutdown::Write);
                true
            }
            _ => false,
        }
    }
}

impl Connection {
    /// What has come; nothing at the end.
    fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut buffer = vec![0; READ_BYTES];
        let length = self.stream.read(&mut buffer)?;
        if length > 0 {
            // Of a client that writes a request in two pieces, the system holds the second until
            // the first is acknowledged: at once, or the line end would come after its answer.
            let _ = self.stream.set_tcp_quickack(true);
        }
        buffer.truncate(length);
        Ok(buffer)
    }

    /// What has come since the last look, and stays there.
    fn peek(&mut self) -> io::Result<Vec<u8>> {
        let mut buffer = vec![0; READ_BYTES];
        let (length, _) = rustix::net::recv(&self.stream, &mut buffer[..], RecvFlags::PEEK)?;
        if length > 0 && length == self.known {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let fresh = buffer[self.known.min(length)..length].to_vec();
        self.known = length;
        Ok(fresh)
    }
}
