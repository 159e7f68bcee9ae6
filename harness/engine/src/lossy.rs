//! A lossy network in user space, one hop long: what a student's *client* is put behind.
//!
//! ```text
//! client ──▶ [proxy's address]  Wire  [a socket a client] ──▶ server
//!        ◀──                    mask                      ◀──
//! ```
//!
//! The proxy listens where the client believes its server is, and has one socket towards the server
//! for each client, so that answers find their way back; they leave from the address that the client
//! asked, or, where the rule says so, from another port. Each client has a network of its own under the
//! same rule, and what was done is kept as a mask that does it again. Nothing is timed: what is held
//! back waits for another datagram.
//!
//! Between the harness and a server no proxy is needed: a [`Link`](crate::link::Link) loses by not
//! sending and not looking.
//!
//! Never: memory without bound (clients, held datagrams and the log are limited), a wait for anything
//! but a datagram.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use sockspec_case::loss::{Crossing, Direction, Mask, Passage, Rule, Wire};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};

/// The largest datagram, in bytes, and one more.
const DATAGRAM_BYTES: usize = 65_508;
/// Most clients that are let through; what others send is lost.
const MAX_CLIENTS: usize = 64;
/// Most passages kept in the log, about; what comes after them is carried all the same.
const MAX_LOG: usize = 10_000;
/// Answers that wait to be carried, at most: whoever sends more waits.
const QUEUE: usize = 256;

/// A proxy at work, until it is dropped.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    log: Arc<Mutex<Log>>,
    task: JoinHandle<()>,
}

/// What a proxy did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// What happened, in order.
    pub carried: Vec<Carried>,
    /// For each client, in order, the mask that does the same again.
    pub masks: Vec<Mask>,
}

/// What happened to one datagram of one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The client's number, in the order of their first datagrams (1-based).
    pub client: usize,
    /// What happened to which datagram.
    pub passage: Passage,
}

impl Proxy {
    /// Starts a proxy before `server` on a port of its own. Each client's datagrams meet a rule of its
    /// own, as `rule` makes it.
    ///
    /// # Errors
    /// No socket could be bound.
    pub async fn start<R>(
        server: SocketAddr,
        rule: impl Fn() -> R + Send + 'static,
    ) -> io::Result<Self>
    where
        R: Rule + Send + 'static,
    {
        let here = loopback(server);
        let front = UdpSocket::bind((here, 0)).await?;
        let elsewhere = UdpSocket::bind((here, 0)).await?;
        let address = front.local_addr()?;
        let log = Arc::new(Mutex::new(Log::default()));
        let hub = Hub {
            server,
            front,
            elsewhere,
            rule,
            clients: HashMap::new(),
            readers: JoinSet::new(),
            log: Arc::clone(&log),
        };
        let task = tokio::spawn(hub.run());
        Ok(Proxy { address, log, task })
    }

    /// Where clients find it.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What happened so far.
    pub fn log(&self) -> Log {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The state of a proxy.
struct Hub<F, R> {
    server: SocketAddr,
    front: UdpSocket,
    /// The wrong port.
    elsewhere: UdpSocket,
    rule: F,
    clients: HashMap<SocketAddr, Client<R>>,
    /// One task a client reads the server's answers.
    readers: JoinSet<()>,
    log: Arc<Mutex<Log>>,
}

/// A client behind the proxy.
struct Client<R> {
    number: usize,
    wire: Wire<R>,
    upstream: Arc<UdpSocket>,
}

impl<F: Fn() -> R, R: Rule> Hub<F, R> {
    async fn run(mut self) {
        let (answers, mut answered) = mpsc::channel::<(SocketAddr, Vec<u8>)>(QUEUE);
        let mut buffer = vec![0; DATAGRAM_BYTES];
        loop {
            let (client, direction, bytes) = tokio::select! {
                received = self.front.recv_from(&mut buffer) => match received {
                    Ok((length, client)) => (client, Direction::ToServer, buffer[..length].to_vec()),
                    // An answer to a client that has left: told, and nothing to do.
                    Err(_) => continue,
                },
                answer = answered.recv() => match answer {
                    Some((client, bytes)) => (client, Direction::ToClient, bytes),
                    None => return,
                },
            };
            if !self.knows(client, &answers).await {
                continue;
            }
            self.carry(client, direction, bytes).await;
        }
    }

    /// Makes room for a new client; `false` where there is none.
    async fn knows(
        &mut self,
        client: SocketAddr,
        answers: &mpsc::Sender<(SocketAddr, Vec<u8>)>,
    ) -> bool {
        if self.clients.contains_key(&client) {
            return true;
        }
        if self.clients.len() >= MAX_CLIENTS {
            return false;
        }
        let Ok(upstream) = towards(self.server).await else {
            return false;
        };
        let upstream = Arc::new(upstream);
        let (reader, answers) = (Arc::clone(&upstream), answers.clone());
        self.readers.spawn(async move {
            let mut buffer = vec![0; DATAGRAM_BYTES];
            loop {
                // A server that is not there: told at the next call, and the client shall see nothing.
                let Ok(length) = reader.recv(&mut buffer).await else {
                    continue;
                };
                if answers
                    .send((client, buffer[..length].to_vec()))
                    .await
                    .is_err()
                {
                    return;
                }
            }
        });
        let number = self.clients.len() + 1;
        let wire = Wire::new((self.rule)());
        self.clients.insert(
            client,
            Client {
                number,
                wire,
                upstream,
            },
        );
        true
    }

    /// A datagram enters a client's network; does what follows.
    async fn carry(&mut self, address: SocketAddr, direction: Direction, bytes: Vec<u8>) {
        let Some(client) = self.clients.get_mut(&address) else {
            return;
        };
        let passages = client.wire.carry(direction, bytes);
        let mut carried = Vec::with_capacity(passages.len());
        for passage in passages {
            // Who is gone is gone, as on any network.
            let _ = match (passage.direction, passage.crossing) {
                (_, Crossing::Lost | Crossing::Held) => Ok(0),
                (Direction::ToServer, _) => client.upstream.send(&passage.bytes).await,
                (Direction::ToClient, Crossing::Elsewhere) => {
                    self.elsewhere.send_to(&passage.bytes, address).await
                }
                (Direction::ToClient, _) => self.front.send_to(&passage.bytes, address).await,
            };
            carried.push(Carried {
                client: client.number,
                passage,
            });
        }
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        if log.carried.len() < MAX_LOG {
            log.carried.append(&mut carried);
            log.masks.resize_with(self.clients.len(), Mask::default);
            if let Some(client) = self.clients.get(&address) {
                log.masks[client.number - 1] = client.wire.log().clone();
            }
        }
    }
}

/// A socket towards the server.
async fn towards(server: SocketAddr) -> io::Result<UdpSocket> {
    let socket = UdpSocket::bind((loopback(server), 0)).await?;
    socket.connect(server).await?;
    Ok(socket)
}

/// Where the proxy is, for a server of this kind of address.
fn loopback(server: SocketAddr) -> IpAddr {
    match server {
        SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    }
}
