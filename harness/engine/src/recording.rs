//! Sits between a client and a server, hands everything on, and writes down what was said.
//!
//! Invariants: what is heard is handed on as it came, an end of a direction too; what is kept is bounded, and
//! what is beyond the bound is handed on all the same; nothing is listened to after [`Recorder::record`] ends.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sockspec_case::session::{Did, Recorded, Seen, Side};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket, UnixListener, UnixStream};
use tokio::task::JoinSet;

use crate::target::Target;

/// What is kept of a recording, in bytes: a spec of more nobody reads.
const KEPT_BYTES: usize = 1 << 20;

/// What is kept of a recording, in acts.
const KEPT_ACTS: usize = 5_000;

/// The connections that a dialogue can number.
const CONNECTIONS: u8 = u8::MAX;

/// How many errors of a socket are taken at a time.
const ERRORS: usize = 16;

/// How long the server may take to accept.
const CONNECT: Duration = Duration::from_secs(10);

/// Where clients connect.
#[derive(Clone, Debug)]
pub enum Place {
    /// TCP; port 0 lets the system choose.
    Tcp(SocketAddr),
    /// UDP; port 0 lets the system choose.
    Udp(SocketAddr),
    /// A path for a Unix socket; nothing may be there.
    Unix(PathBuf),
}

/// A place where clients connect, in front of a server.
#[derive(Debug)]
pub struct Recorder {
    socket: Socket,
    to: Target,
    log: Arc<Mutex<Log>>,
}

#[derive(Debug)]
enum Socket {
    Tcp(TcpListener),
    Udp(UdpSocket),
    Unix(UnixListener, Unlinked),
}

/// A path that is removed with its socket.
#[derive(Debug)]
struct Unlinked(PathBuf);

impl Drop for Unlinked {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[derive(Debug, Default)]
struct Log {
    kept: Recorded,
    bytes: usize,
    is_full: bool,
}

impl Log {
    fn add(&mut self, connection: u8, side: Side, did: Did) {
        let more = match &did {
            Did::Bytes(bytes) => bytes.len(),
            _ => 0,
        };
        if self.is_full || self.bytes + more > KEPT_BYTES || self.kept.len() >= KEPT_ACTS {
            self.is_full = true;
            return;
        }
        self.bytes += more;
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let now_us = i64::try_from(now.as_micros()).unwrap_or(i64::MAX);
        let seen = Seen {
            connection,
            side,
            did,
        };
        self.kept.push((now_us, seen));
    }
}

/// What was heard.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    /// In the order in which it was heard.
    pub recorded: Recorded,
    /// Whether more was said than is kept.
    pub is_cut: bool,
}

/// What ends a recording by itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Until {
    /// So many connections have ended.
    pub sessions: Option<usize>,
    /// So much time has passed.
    pub time: Option<Duration>,
}

impl Recorder {
    /// Listens.
    ///
    /// # Errors
    /// The place cannot be had.
    pub async fn listen(place: &Place, to: Target) -> io::Result<Self> {
        let socket = match place {
            Place::Tcp(address) => Socket::Tcp(TcpListener::bind(address).await?),
            Place::Udp(address) => Socket::Udp(UdpSocket::bind(address).await?),
            Place::Unix(path) => Socket::Unix(UnixListener::bind(path)?, Unlinked(path.clone())),
        };
        Ok(Recorder {
            socket,
            to,
            log: Arc::default(),
        })
    }

    /// Where clients connect, as they would write it.
    pub fn address(&self) -> String {
        let shown = |address: io::Result<SocketAddr>| {
            address
                .map(|address| address.to_string())
                .unwrap_or_default()
        };
        match &self.socket {
            Socket::Tcp(listener) => shown(listener.local_addr()),
            Socket::Udp(socket) => shown(socket.local_addr()),
            Socket::Unix(_, Unlinked(path)) => path.display().to_string(),
        }
    }

    /// Hands on what is said until `stop` or `until`, and gives it back.
    pub async fn record(self, until: Until, stop: impl Future<Output = ()>) -> Recording {
        let limit = async {
            match until.time {
                Some(time) => {
                    let _ = tokio::time::timeout(time, std::future::pending::<()>()).await;
                }
                None => std::future::pending().await,
            }
        };
        let listening = async {
            match &self.socket {
                Socket::Udp(socket) => self.datagrams(socket).await,
                _ => self.streams(until.sessions).await,
            }
        };
        tokio::select! {
            () = listening => {}
            () = limit => {}
            () = stop => {}
        }
        let log = std::mem::take(&mut *self.log.lock().unwrap_or_else(PoisonError::into_inner));
        Recording {
            recorded: log.kept,
            is_cut: log.is_full,
        }
    }

    /// Accepts until so many connections have ended.
    async fn streams(&self, sessions: Option<usize>) {
        let mut running = JoinSet::new();
        let (mut begun, mut ended) = (0, 0);
        while sessions.is_none_or(|wanted| ended < wanted) {
            tokio::select! {
                Some(_) = running.join_next(), if !running.is_empty() => ended += 1,
                accepted = self.accept(), if begun < usize::from(CONNECTIONS) => {
                    // A client that is gone again was no session.
                    let Ok(client) = accepted else { continue };
                    begun += 1;
                    let number = u8::try_from(begun).unwrap_or(CONNECTIONS);
                    running.spawn(between(number, client, self.to.clone(), Arc::clone(&self.log)));
                }
                else => break,
            }
        }
    }

    async fn accept(&self) -> io::Result<Ends> {
        match &self.socket {
            Socket::Tcp(listener) => Ok(tcp(listener.accept().await?.0)),
            Socket::Unix(listener, _) => Ok(unix(listener.accept().await?.0)),
            Socket::Udp(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Gives each client a socket of its own towards the server.
    async fn datagrams(&self, socket: &UdpSocket) {
        let Target::Udp(server) = self.to else { return };
        let mut clients: Vec<(SocketAddr, UdpSocket)> = Vec::new();
        let (mut asked, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        loop {
            tokio::select! {
                received = socket.recv_from(&mut asked) => {
                    // An error is an earlier answer's that nobody took.
                    let Ok((length, from)) = received else { continue };
                    let known = clients.iter().position(|(address, _)| *address == from);
                    let place = match known {
                        Some(place) => place,
                        None if clients.len() == usize::from(CONNECTIONS) => continue,
                        None => {
                            let Ok(upstream) = towards(server).await else { continue };
                            clients.push((from, upstream));
                            clients.len() - 1
                        }
                    };
                    self.heard(place, Side::Client, &asked[..length]);
                    let _ = clients[place].1.send(&asked[..length]).await;
                }
                (place, length) = answer(&clients, &mut answered) => {
                    self.heard(place, Side::Server, &answered[..length]);
                    let _ = socket.send_to(&answered[..length], clients[place].0).await;
                }
            }
        }
    }

    fn heard(&self, place: usize, side: Side, bytes: &[u8]) {
        let connection = u8::try_from(place + 1).unwrap_or(CONNECTIONS);
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.add(connection, side, Did::Bytes(bytes.to_vec()));
    }
}

async fn towards(server: SocketAddr) -> io::Result<UdpSocket> {
    let any: SocketAddr = match server {
        SocketAddr::V4(_) => ([0, 0, 0, 0], 0).into(),
        SocketAddr::V6(_) => ([0_u16; 8], 0).into(),
    };
    let socket = UdpSocket::bind(any).await?;
    socket.connect(server).await?;
    Ok(socket)
}

/// The next answer of the server: for which client, and how long.
async fn answer(clients: &[(SocketAddr, UdpSocket)], buffer: &mut [u8]) -> (usize, usize) {
    std::future::poll_fn(|context| {
        for (place, (_, socket)) in clients.iter().enumerate() {
            // An error tells that nobody listens yet, and is taken: the client asks again, or does not.
            for _ in 0..ERRORS {
                let mut into = tokio::io::ReadBuf::new(buffer);
                match socket.poll_recv(context, &mut into) {
                    Poll::Ready(Ok(())) => return Poll::Ready((place, into.filled().len())),
                    Poll::Ready(Err(_)) => {}
                    Poll::Pending => break,
                }
            }
        }
        Poll::Pending
    })
    .await
}

/// Both directions of a stream.
type Ends = (
    Box<dyn AsyncRead + Send + Unpin>,
    Box<dyn AsyncWrite + Send + Unpin>,
);

fn tcp(stream: TcpStream) -> Ends {
    // What is said is handed on at once.
    let _ = stream.set_nodelay(true);
    let (read, write) = stream.into_split();
    (Box::new(read), Box::new(write))
}

fn unix(stream: UnixStream) -> Ends {
    let (read, write) = stream.into_split();
    (Box::new(read), Box::new(write))
}

async fn connect(to: &Target) -> io::Result<Ends> {
    match to {
        Target::Tcp(address) => Ok(tcp(TcpStream::connect(address).await?)),
        Target::Unix(path) => Ok(unix(UnixStream::connect(Path::new(path)).await?)),
        Target::Udp(_) | Target::Nowhere => Err(io::ErrorKind::Unsupported.into()),
    }
}

/// One client and its connection to the server. Where the server cannot be reached the client is left.
async fn between(number: u8, client: Ends, to: Target, log: Arc<Mutex<Log>>) {
    let Ok(Ok(server)) = tokio::time::timeout(CONNECT, connect(&to)).await else {
        return;
    };
    let (from_client, to_client) = client;
    let (from_server, to_server) = server;
    tokio::join!(
        hand_on(number, Side::Client, from_client, to_server, &log),
        hand_on(number, Side::Server, from_server, to_client, &log),
    );
}

/// One direction, until it ends.
async fn hand_on(
    number: u8,
    side: Side,
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    log: &Mutex<Log>,
) {
    let note = |did| {
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.add(number, side, did);
    };
    let mut buffer = vec![0; 16 << 10];
    let end = loop {
        match from.read(&mut buffer).await {
            Ok(0) => break Did::Fin,
            Ok(length) => {
                note(Did::Bytes(buffer[..length].to_vec()));
                if to.write_all(&buffer[..length]).await.is_err() {
                    // The other direction says how that side has gone.
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => break Did::Reset,
            Err(_) => return,
        }
    };
    note(end);
    let _ = to.shutdown().await;
}
