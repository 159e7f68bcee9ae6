//! One connection of a play: bytes out, events in, nothing lost in between.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_case::loss::{Mask, Wire};
use sockspec_case::transcript::{Barrier, ConnectError, Kind};
use sockspec_sockdiag::{Backoff, Conversation, Diag, Progress, ReadBarrier};
use tokio::net::{TcpStream, UdpSocket, UnixStream};
use tokio::time::timeout_at;

use crate::limits::Limits;
use crate::target::Target;

mod datagrams;

pub use datagrams::Client;

/// How many bytes one read takes at most.
const READ_BYTES: usize = 64 << 10;
/// How long a full window must stay full before a client that does not read begins to read: its
/// target is blocked writing, and both would wait for ever.
const FULL_WINDOW: Duration = Duration::from_millis(60);
/// How often a barrier is asked before what the target sends meanwhile is read.
const POLLS_BETWEEN_READS: u32 = 64;
/// How often a read is tried before the answer is awaited.
const SOON_READS: u32 = 16;

thread_local! {
    /// Where reads land: one buffer for all connections, because one read is done at a time.
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; READ_BYTES]);
}

/// A connection (for UDP: a socket of its own, connected to the target).
#[derive(Debug)]
pub struct Link {
    socket: Socket,
    barrier: Option<ReadBarrier>,
    diag: Option<Arc<Diag>>,
    /// Inputs read while the harness was sending, not yet handed to the player.
    pub inbox: VecDeque<Kind>,
    /// What came over a lossy network, in order.
    arrived: VecDeque<Kind>,
    /// The network that datagrams cross, where it does something to them.
    wire: Option<Wire<Mask>>,
    /// Hears what comes to our port from another address than the target's.
    ear: Option<std::net::UdpSocket>,
    /// The target, where the socket is not connected to it: of a client that is gone.
    unheard: Option<SocketAddr>,
    /// Whether the target's end has been seen.
    pub ended: bool,
    /// Whether a barrier failed: the target does not read, so asking again would only cost time.
    unread: bool,
    stalled: bool,
    /// Whether the last message was cut, so that its end may not be read yet although an answer to its
    /// beginning has come: what follows shall not join it in one `recv`.
    pub was_cut: bool,
    received: usize,
    sent: usize,
    /// Bytes that are expected of the target: they are no flood.
    pub expected: usize,
    /// Whether something came since the last question.
    came: bool,
}

#[derive(Debug)]
enum Socket {
    Tcp(TcpStream),
    Udp(UdpSocket),
    Unix(UnixStream),
}

impl Link {
    /// Connects to `target`.
    ///
    /// # Errors
    /// Why the connection could not be made, as a transcript says it.
    pub async fn connect(
        target: &Target,
        diag: Option<&Arc<Diag>>,
        limits: &Limits,
    ) -> Result<Self, ConnectError> {
        Self::connect_as(Client::default(), target, diag, limits).await
    }

    /// Connects to `target`; for datagrams, as this client.
    ///
    /// # Errors
    /// Why the connection could not be made, as a transcript says it.
    pub async fn connect_as(
        client: Client,
        target: &Target,
        diag: Option<&Arc<Diag>>,
        limits: &Limits,
    ) -> Result<Self, ConnectError> {
        let deadline = tokio::time::Instant::now() + limits.connect;
        let mut ear = None;
        let (socket, barrier) = match target {
            Target::Tcp(address) => {
                let stream = connect_tcp(*address, deadline).await?;
                let ends = stream
                    .local_addr()
                    .and_then(|ours| Ok((ours, stream.peer_addr()?)));
                let barrier = match (ends, diag) {
                    (Ok((ours, theirs)), Some(diag)) => {
                        Some(ReadBarrier::new(Arc::clone(diag), ours, theirs))
                    }
                    _ => None,
                };
                (Socket::Tcp(stream), barrier)
            }
            Target::Udp(address) => {
                let opened = datagrams::open(*address, client).await;
                let (socket, own_ear) = opened.map_err(|error| connect_error(&error))?;
                ear = own_ear;
                (Socket::Udp(socket), None)
            }
            Target::Nowhere => return Err(ConnectError::Other),
            Target::Unix(path) => {
                let stream = timeout_at(deadline, UnixStream::connect(path))
                    .await
                    .map_err(|_| ConnectError::TimedOut)?
                    .map_err(|error| connect_error(&error))?;
                (Socket::Unix(stream), None)
            }
        };
        Ok(Link {
            socket,
            barrier,
            diag: diag.cloned(),
            inbox: VecDeque::new(),
            arrived: VecDeque::new(),
            wire: None,
            ear,
            unheard: match target {
                Target::Udp(address) if client.is_gone() => Some(*address),
                _ => None,
            },
            ended: false,
            unread: false,
            stalled: false,
            was_cut: false,
            received: 0,
            sent: 0,
            expected: 0,
            came: false,
        })
    }

    /// This connection as the kernel is asked about it; `None` where it knows nothing of its other end.
    pub fn conversation(&mut self) -> Option<Conversation<'_>> {
        if let Some(barrier) = &mut self.barrier {
            return Some(Conversation::Tcp(barrier));
        }
        match &self.socket {
            Socket::Udp(socket) => {
                let (ours, theirs) = (socket.local_addr().ok()?, socket.peer_addr().ok()?);
                Some(Conversation::Udp { ours, theirs })
            }
            Socket::Unix(stream) => Some(Conversation::Unix(stream.as_fd())),
            Socket::Tcp(_) => None,
        }
    }

    /// Sends one segment (or datagram), reading meanwhile what comes.
    ///
    /// # Errors
    /// The target has closed or reset, or took nothing until the deadline.
    pub async fn send(&mut self, bytes: &[u8], limits: &Limits) -> io::Result<()> {
        let patience = limits.answer.max(limits.barrier) * 4;
        self.came = false;
        if let Socket::Udp(socket) = &self.socket {
            self.sent += bytes.len();
            if let Some(target) = self.unheard {
                return socket.send_to(bytes, target).await.map(|_| ());
            }
            return match socket.send(bytes).await {
                // The answer to an earlier datagram (ICMP: nobody is there), told once.
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                    socket.send(bytes).await.map(|_| ())
                }
                other => other.map(|_| ()),
            };
        }
        let (mut at, mut waited) = (0, Duration::ZERO);
        while at < bytes.len() {
            match self.socket.try_write(&bytes[at..]) {
                Ok(length) => {
                    at += length;
                    self.sent += length;
                    if let Some(barrier) = &mut self.barrier {
                        barrier.sent(length as u64);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.drain(limits);
                    let ready = self.socket.either_ready(!self.stalled && !self.ended);
                    // Each byte taken begins a new wait: a slow target is not a stuck one.
                    let wait = if self.stalled { FULL_WINDOW } else { patience };
                    match timeout_at(tokio::time::Instant::now() + wait, ready).await {
                        Ok(ready) => ready?,
                        // The target is slow, but nothing that it has written waits for us.
                        Err(_) if self.stalled && patience > waited && self.is_ahead() => {
                            waited += wait;
                        }
                        // The window is full and stays so: the target waits for us to read.
                        Err(_) if self.stalled => self.stalled = false,
                        Err(_) => return Err(io::ErrorKind::TimedOut.into()),
                    }
                    self.drain(limits);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether we have taken all that the target has written: it cannot be waiting for us.
    fn is_ahead(&self) -> bool {
        let unsent = self
            .barrier
            .as_ref()
            .and_then(ReadBarrier::unsent_by_server);
        unsent == Some(0)
    }

    /// Sends as much of `bytes` as the target takes while nothing is read: until its window stays full.
    /// Returns how many bytes went.
    pub async fn fill(&mut self, bytes: &[u8], limits: &Limits) -> usize {
        self.stalled = true;
        let (mut at, mut waited) = (0, Duration::ZERO);
        while at < bytes.len() {
            match self.socket.try_write(&bytes[at..]) {
                Ok(length) => {
                    at += length;
                    self.sent += length;
                    if let Some(barrier) = &mut self.barrier {
                        barrier.sent(length as u64);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let until = tokio::time::Instant::now() + FULL_WINDOW;
                    match timeout_at(until, self.socket.either_ready(false)).await {
                        Ok(Ok(())) => waited = Duration::ZERO,
                        // The target is slow, but nothing that it has written waits for us.
                        Err(_) if waited < limits.answer && self.is_ahead() => {
                            waited += FULL_WINDOW;
                        }
                        _ => break,
                    }
                }
                Err(_) => break,
            }
        }
        at
    }

    /// Waits until the target has read all that was sent, so that what follows comes out of another
    /// `recv`.
    pub async fn barrier(&mut self, limits: &Limits) -> Barrier {
        if self.unread || matches!(self.socket, Socket::Udp(_)) {
            return Barrier::None;
        }
        match self.until_read(limits, limits.barrier) {
            Progress::Read => Barrier::Kernel,
            Progress::Gone => Barrier::None,
            Progress::Unsupported => self.acknowledged(limits).await,
            Progress::Pending => {
                self.unread = true;
                Barrier::None
            }
        }
    }

    /// Whether the target reads all that was sent, within `patience`; or what it sends meanwhile.
    pub async fn has_read(&mut self, limits: &Limits, patience: Duration) -> Kind {
        let progress = self.until_read(limits, patience);
        self.drain(limits);
        match (self.inbox.pop_front(), progress) {
            (Some(kind), _) => kind,
            (None, Progress::Read) => Kind::Read(Barrier::Kernel),
            (None, Progress::Unsupported) => Kind::Read(self.acknowledged(limits).await),
            // Nobody has the port any more.
            (None, Progress::Gone) if self.is_datagrams() && !self.ended => {
                self.ended = true;
                Kind::Reset
            }
            (None, Progress::Gone | Progress::Pending) => Kind::Unread,
        }
    }

    /// Polls until the target has read all that was sent, or is gone; [`Progress::Pending`] where it did
    /// neither in time.
    fn until_read(&mut self, limits: &Limits, patience: Duration) -> Progress {
        let deadline = Instant::now() + patience;
        let mut backoff = Backoff::new();
        let mut polls = 0u32;
        loop {
            let progress = self.poll_barrier();
            if progress != Progress::Pending {
                return progress;
            }
            polls += 1;
            if polls.is_multiple_of(POLLS_BETWEEN_READS) {
                // A target that is blocked writing to us would never read.
                self.drain(limits);
                if Instant::now() >= deadline {
                    return Progress::Pending;
                }
            }
            backoff.next_pause().block();
        }
    }

    fn poll_barrier(&mut self) -> Progress {
        match (&mut self.barrier, &self.socket) {
            (Some(barrier), _) => barrier.poll(),
            (None, Socket::Unix(stream)) => match sockspec_sockdiag::outq::unix_outq(stream) {
                Ok(0) => Progress::Read,
                Ok(_) => Progress::Pending,
                Err(_) => Progress::Unsupported,
            },
            (None, Socket::Udp(socket)) => {
                match (&self.diag, socket.local_addr(), socket.peer_addr()) {
                    (Some(diag), Ok(ours), Ok(theirs)) => match diag.udp(theirs, Some(ours)) {
                        Ok(Some(one)) if one.rqueue == 0 => Progress::Read,
                        Ok(Some(_)) => Progress::Pending,
                        Ok(None) => Progress::Gone,
                        Err(_) => Progress::Unsupported,
                    },
                    _ => Progress::Unsupported,
                }
            }
            (None, Socket::Tcp(_)) => Progress::Unsupported,
        }
    }

    /// A target on another machine: its kernel has the segment, and has had a moment to hand it over.
    async fn acknowledged(&mut self, limits: &Limits) -> Barrier {
        let deadline = tokio::time::Instant::now() + limits.barrier;
        let mut pause = tokio::time::interval(Duration::from_millis(1));
        if let Socket::Tcp(stream) = &self.socket {
            while tokio::time::Instant::now() < deadline {
                pause.tick().await;
                if sockspec_sockdiag::outq::acked(stream).unwrap_or(true) {
                    break;
                }
            }
        }
        for _ in 0..4 {
            pause.tick().await;
        }
        Barrier::Acknowledged
    }

    /// Reads what has come, without waiting, into the inbox.
    pub fn drain(&mut self, limits: &Limits) {
        while let Some(kind) = self.try_receive(limits) {
            self.inbox.push_back(kind);
        }
    }

    /// One event, if one comes within a few microseconds, as most answers on one machine do: asking
    /// again is quicker than being put to sleep and woken.
    pub fn receive_soon(&mut self, limits: &Limits) -> Option<Kind> {
        let mut backoff = Backoff::new();
        for _ in 0..SOON_READS {
            let kind = self.try_receive(limits);
            if kind.is_some() || self.ended || self.stalled {
                return kind;
            }
            backoff.next_pause().block();
        }
        None
    }

    /// One event, if one has come: the kernel is asked.
    pub fn try_receive(&mut self, limits: &Limits) -> Option<Kind> {
        let earlier = self.arrived.pop_front();
        if earlier.is_some() || self.ended || self.stalled {
            return earlier;
        }
        let read = BUFFER.with_borrow_mut(|buffer| {
            let length = self.socket.try_read(buffer)?;
            io::Result::Ok(buffer[..length].to_vec())
        });
        match read {
            Ok(bytes) if bytes.is_empty() && !matches!(self.socket, Socket::Udp(_)) => {
                self.ended = true;
                Some(Kind::Fin)
            }
            Ok(bytes) => {
                self.received += bytes.len();
                self.came = true;
                if self.received > limits.flood_bytes + 4 * self.sent + self.expected {
                    self.ended = true;
                    return Some(Kind::Flooded);
                }
                self.receive_over(bytes);
                self.arrived.pop_front()
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => None,
            Err(_) => {
                self.ended = true;
                Some(Kind::Reset)
            }
        }
    }

    /// Waits until something may be read.
    pub async fn readable(&self) {
        // An error shows at the next read.
        let _ = match &self.socket {
            Socket::Tcp(stream) => stream.readable().await,
            Socket::Udp(socket) => socket.readable().await,
            Socket::Unix(stream) => stream.readable().await,
        };
    }

    /// Whether the harness has stopped reading.
    pub fn is_stalled(&self) -> bool {
        self.stalled
    }

    /// Acknowledges at once what came: a target that writes an answer in two pieces (Nagle) would else
    /// wait for our delayed acknowledgement, 40 ms each time.
    pub fn hurry(&mut self) {
        if let Socket::Tcp(stream) = &self.socket
            && std::mem::take(&mut self.came)
        {
            // Only speed depends on it.
            let _ = socket2::SockRef::from(stream).set_tcp_quickack(true);
        }
    }

    /// Whether the link carries datagrams: there is no end to wait for.
    pub fn is_datagrams(&self) -> bool {
        matches!(self.socket, Socket::Udp(_))
    }

    /// Stops or resumes reading.
    pub fn stall(&mut self, stalled: bool) {
        self.stalled = stalled;
    }

    /// Our address and the target's, for TCP.
    pub fn ends(&self) -> Option<(SocketAddr, SocketAddr)> {
        match &self.socket {
            Socket::Tcp(stream) => Some((stream.local_addr().ok()?, stream.peer_addr().ok()?)),
            Socket::Udp(_) | Socket::Unix(_) => None,
        }
    }

    /// Ends our direction.
    pub fn fin(&mut self) {
        let _ = match &self.socket {
            Socket::Tcp(stream) => {
                socket2::SockRef::from(stream).shutdown(std::net::Shutdown::Write)
            }
            Socket::Unix(stream) => {
                socket2::SockRef::from(stream).shutdown(std::net::Shutdown::Write)
            }
            Socket::Udp(_) => Ok(()),
        };
    }

    /// Closes with an RST.
    pub fn reset(self) {
        if let Socket::Tcp(stream) = &self.socket {
            let _ = socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO));
        }
    }
}

impl Socket {
    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Socket::Tcp(stream) => stream.try_write(bytes),
            Socket::Unix(stream) => stream.try_write(bytes),
            Socket::Udp(socket) => socket.try_send(bytes),
        }
    }

    /// Reads what is there.
    ///
    /// The runtime learns of new bytes only while somebody awaits it, so its word that there are none
    /// is old: the kernel is asked. The runtime is told when there are none, or the next wait for
    /// some would end at once.
    fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut read = None;
        let interest = tokio::io::Interest::READABLE;
        let attempt = || {
            let result = self.recv(buffer);
            let blocks = matches!(&result, Err(error) if error.kind() == io::ErrorKind::WouldBlock);
            read = Some(result);
            match blocks {
                true => Err(io::Error::from(io::ErrorKind::WouldBlock)),
                false => Ok(()),
            }
        };
        // Not done at all where the runtime knows of nothing to read.
        let _ = match self {
            Socket::Tcp(stream) => stream.try_io(interest, attempt),
            Socket::Unix(stream) => stream.try_io(interest, attempt),
            Socket::Udp(socket) => socket.try_io(interest, attempt),
        };
        match read {
            Some(result) => result,
            None => self.recv(buffer),
        }
    }

    fn recv(&self, buffer: &mut [u8]) -> io::Result<usize> {
        let flags = rustix::net::RecvFlags::empty();
        let (length, _) = match self {
            Socket::Tcp(stream) => rustix::net::recv(stream, buffer, flags)?,
            Socket::Unix(stream) => rustix::net::recv(stream, buffer, flags)?,
            Socket::Udp(socket) => rustix::net::recv(socket, buffer, flags)?,
        };
        Ok(length)
    }

    async fn either_ready(&self, reading: bool) -> io::Result<()> {
        let interest = match reading {
            true => tokio::io::Interest::READABLE | tokio::io::Interest::WRITABLE,
            false => tokio::io::Interest::WRITABLE,
        };
        match self {
            Socket::Tcp(stream) => stream.ready(interest).await.map(|_| ()),
            Socket::Unix(stream) => stream.ready(interest).await.map(|_| ()),
            Socket::Udp(socket) => socket.ready(interest).await.map(|_| ()),
        }
    }
}

/// Connects over TCP. On one machine a connection stands as soon as `connect` returns, whatever it
/// returns: only a connection that does not is waited for.
async fn connect_tcp(
    address: SocketAddr,
    deadline: tokio::time::Instant,
) -> Result<TcpStream, ConnectError> {
    let failed = |error: io::Error| connect_error(&error);
    let socket = socket2::Socket::new(
        socket2::Domain::for_address(address),
        socket2::Type::STREAM.nonblocking().cloexec(),
        Some(socket2::Protocol::TCP),
    )
    .map_err(failed)?;
    // Segments must leave as they are sent; a socket that cannot do so is still usable.
    let _ = socket.set_tcp_nodelay(true);
    match socket.connect(&address.into()) {
        Ok(()) => {}
        Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) => {}
        Err(error) => return Err(failed(error)),
    }
    let stream = TcpStream::from_std(socket.into()).map_err(failed)?;
    if stream.peer_addr().is_err() {
        timeout_at(deadline, stream.writable())
            .await
            .map_err(|_| ConnectError::TimedOut)?
            .map_err(failed)?;
        if let Some(error) = stream.take_error().map_err(failed)? {
            return Err(failed(error));
        }
    }
    Ok(stream)
}

fn connect_error(error: &io::Error) -> ConnectError {
    match error.kind() {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound => ConnectError::Refused,
        io::ErrorKind::TimedOut => ConnectError::TimedOut,
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            ConnectError::Unreachable
        }
        _ => ConnectError::Other,
    }
}
