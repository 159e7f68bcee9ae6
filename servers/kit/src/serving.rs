//! Serves many clients at once, without one harming another.

use std::future::{Future, pending};
use std::io;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream, UdpSocket, UnixListener, UnixStream};
use tokio::task::{JoinSet, yield_now};
use tokio::time::timeout;

/// Clients served at once over TCP; the next ones wait in the kernel's queue. Below the usual
/// limit of 1,024 descriptors, so that `accept` does not meet it.
pub const MAX_CONNECTIONS: usize = 1000;

/// Largest payload of a UDP datagram over IPv4: 65,535 less the two headers (RFC 768, RFC 791).
pub const MAX_DATAGRAM_BYTES: usize = 65_507;

/// How long accepting rests when the system refuses a descriptor and no client leaves.
const ACCEPT_REST: Duration = Duration::from_millis(100);

/// What accepts connections.
pub trait Listener {
    /// One client's connection.
    type Stream;

    /// The next client.
    fn accept_one(&self) -> impl Future<Output = io::Result<Self::Stream>> + Send;
}

impl Listener for TcpListener {
    type Stream = TcpStream;

    async fn accept_one(&self) -> io::Result<TcpStream> {
        let (stream, _) = self.accept().await?;
        // Nagle's algorithm would hold a short answer back until the last one is acknowledged.
        // If it cannot be switched off, answers are late, not wrong.
        let _ = stream.set_nodelay(true);
        Ok(stream)
    }
}

impl Listener for UnixListener {
    type Stream = UnixStream;

    async fn accept_one(&self) -> io::Result<UnixStream> {
        let (stream, _) = self.accept().await?;
        Ok(stream)
    }
}

/// Accepts clients for ever, each served by a task of its own.
///
/// An error in one task, even a panic, ends that client's connection only. Dropping the future
/// ends every connection.
pub async fn serve_connections<L, S, F>(listener: L, mut serve_client: S)
where
    L: Listener,
    S: FnMut(L::Stream) -> F,
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    let mut clients = JoinSet::new();
    loop {
        while clients.len() >= MAX_CONNECTIONS {
            clients.join_next().await;
        }
        tokio::select! {
            accepted = listener.accept_one() => match accepted {
                Ok(stream) => {
                    clients.spawn(serve_client(stream));
                }
                Err(_) => {
                    let _ = timeout(ACCEPT_REST, a_client_leaves(&mut clients)).await;
                }
            },
            Some(_) = clients.join_next() => {}
        }
    }
}

/// Serves the first client, and nobody else: the next ones are refused.
///
/// An error ends that client's connection, and the serving with it.
pub async fn serve_one<L, S, F>(listener: L, serve_client: S)
where
    L: Listener,
    S: FnOnce(L::Stream) -> F,
    F: Future<Output = io::Result<()>>,
{
    let stream = loop {
        match listener.accept_one().await {
            Ok(stream) => break stream,
            // The client has left meanwhile, or a descriptor will be free soon.
            Err(_) => yield_now().await,
        }
    };
    drop(listener);
    let _ = serve_client(stream).await;
}

/// Answers datagrams for ever: each to the address that it came from, from the socket that it
/// came to. `None` is no answer.
///
/// No error ends it: what one client's host reports (a closed port, an answer too large) must
/// not cost the others their server.
pub async fn serve_datagrams(socket: UdpSocket, mut answer: impl FnMut(&[u8]) -> Option<Vec<u8>>) {
    let mut buffer = vec![0; MAX_DATAGRAM_BYTES];
    loop {
        match socket.recv_from(&mut buffer).await {
            Ok((length, client)) => {
                if let Some(answer) = answer(&buffer[..length]) {
                    let _ = socket.send_to(&answer, client).await;
                }
            }
            Err(_) => yield_now().await,
        }
    }
}

async fn a_client_leaves<T: 'static>(clients: &mut JoinSet<T>) {
    if clients.join_next().await.is_none() {
        pending().await
    }
}
