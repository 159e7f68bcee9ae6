//! A client over UDP: it sends again what may be lost, and takes no answer for another.

use std::io::{self, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use sockspec_kit::MAX_DATAGRAM_BYTES;
use tokio::net::{UdpSocket, lookup_host};
use tokio::time::timeout;

use super::terminal::tell;
use super::{ConnectError, Terminal};

/// How long each request waits for its answer before it is sent again, or given up after the
/// last. Each wait is twice the one before, so that a crowded network is not made worse; the
/// first is the one that RFC 8085 §3.1.1 leaves to a client that knows nothing of the path,
/// shortened for a person who waits.
const WAITS: [Duration; 5] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

/// A socket connected to one server: the kernel drops datagrams from any other address or port.
pub(crate) struct DatagramClient {
    socket: UdpSocket,
    address: String,
    waits: &'static [Duration],
}

impl DatagramClient {
    /// A socket for the server at `address`, `host:port`. Nothing is sent yet.
    pub(crate) async fn open(address: &str) -> Result<Self, ConnectError> {
        let no_address = |source| ConnectError::Address {
            address: address.to_owned(),
            source,
        };
        let unreachable = |source| ConnectError::Unreachable {
            address: address.to_owned(),
            source,
        };
        let server = lookup_host(address).await.map_err(no_address)?.next();
        let server = server.ok_or_else(|| no_address(io::ErrorKind::NotFound.into()))?;
        let local: SocketAddr = match server {
            SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
            SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
        };
        let socket = UdpSocket::bind(local).await.map_err(unreachable)?;
        socket.connect(server).await.map_err(unreachable)?;
        Ok(Self {
            socket,
            address: address.to_owned(),
            waits: &WAITS,
        })
    }

    /// Sends each line typed as a datagram and prints its answer, until the user has finished.
    /// `answers` tells whether the second argument can be the answer to the first.
    pub(crate) async fn talk(
        &mut self,
        terminal: &mut Terminal<impl Write>,
        answers: impl Fn(&[u8], &[u8]) -> bool,
    ) -> Result<(), ConnectError> {
        while let Some(request) = terminal.read_line().await? {
            let answer = self
                .ask(&request, |answer| answers(&request, answer))
                .await?;
            terminal.print(&answer)?;
        }
        Ok(())
    }

    /// Sends `request`, again and again if need be, and gives the first answer that `accepts`
    /// takes. The others are late or doubled answers to earlier requests: they are dropped.
    pub(crate) async fn ask(
        &mut self,
        request: &[u8],
        accepts: impl Fn(&[u8]) -> bool,
    ) -> Result<Vec<u8>, ConnectError> {
        for (index, wait) in self.waits.iter().enumerate() {
            if index > 0 {
                tell(&format!("no answer from {}; sending again", self.address));
            }
            match self.socket.send(request).await {
                Ok(_) => {}
                // Reports the fate of an earlier datagram; this one was not sent.
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                    tell(&format!("nothing listens at {} now", self.address));
                }
                Err(error) => return Err(ConnectError::Broken(error)),
            }
            if let Ok(answer) = timeout(*wait, self.receive(&accepts)).await {
                return answer;
            }
        }
        Err(ConnectError::Silent {
            address: self.address.clone(),
            requests: self.waits.len(),
            waited: self.waits.iter().sum(),
        })
    }

    async fn receive(&self, accepts: impl Fn(&[u8]) -> bool) -> Result<Vec<u8>, ConnectError> {
        let mut answer = vec![0; MAX_DATAGRAM_BYTES];
        loop {
            match self.socket.recv(&mut answer).await {
                Ok(length) if accepts(&answer[..length]) => {
                    answer.truncate(length);
                    return Ok(answer);
                }
                Ok(_) => {}
                // The server may be starting again: the next request will tell.
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                    tell(&format!("nothing listens at {} now", self.address));
                }
                Err(error) => return Err(ConnectError::Broken(error)),
            }
        }
    }
}

#[cfg(test)]
impl DatagramClient {
    /// The same, giving up after `waits`.
    pub(super) fn with_waits(mut self, waits: &'static [Duration]) -> Self {
        self.waits = waits;
        self
    }
}
