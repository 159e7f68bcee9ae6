//! Opens a server's socket and tells where it listens.

use std::fmt;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};
use std::path::PathBuf;

use socket2::{Domain, Protocol, Socket, Type};

use crate::{ServeError, ServeOptions};

/// Connections that may wait to be accepted; a burst of clients must not meet a full queue,
/// whose dropped SYN costs them a second.
pub const BACKLOG: i32 = 1024;

/// Listens for TCP connections at the address of `options`.
///
/// With `SO_REUSEADDR`: a server that closed its connections first leaves them in TIME_WAIT,
/// and could not be restarted on its port for a minute (RFC 9293 §3.6.1).
///
/// # Errors
/// [`ServeError::Bind`] when the host has no address here, or none of them can be had.
pub fn listen_tcp(options: &ServeOptions) -> Result<TcpListener, ServeError> {
    listen(options, true)
}

/// Listens for TCP connections as [`listen_tcp`] does, without `SO_REUSEADDR`: the mistake of a server
/// that cannot be restarted at once.
///
/// # Errors
/// As [`listen_tcp`].
pub fn listen_tcp_plainly(options: &ServeOptions) -> Result<TcpListener, ServeError> {
    listen(options, false)
}

fn listen(options: &ServeOptions, reuse: bool) -> Result<TcpListener, ServeError> {
    bind(options, |address| {
        let socket = Socket::new(
            Domain::for_address(address),
            Type::STREAM,
            Some(Protocol::TCP),
        )?;
        socket.set_reuse_address(reuse)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        Ok(socket.into())
    })
}

/// Binds a UDP socket to the address of `options`.
///
/// Without `SO_REUSEADDR`, which for UDP would let two servers share a port and steal each
/// other's datagrams.
///
/// # Errors
/// [`ServeError::Bind`] when the host has no address here, or none of them can be had.
pub fn bind_udp(options: &ServeOptions) -> Result<UdpSocket, ServeError> {
    bind(options, UdpSocket::bind)
}

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// At a port of an internet address.
    Internet(SocketAddr),
    /// At a path.
    Path(PathBuf),
}

impl Address {
    /// The internet address; `None` for a path.
    pub fn internet(&self) -> Option<SocketAddr> {
        match self {
            Self::Internet(address) => Some(*address),
            Self::Path(_) => None,
        }
    }
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self::Internet(address)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internet(address) => address.fmt(f),
            Self::Path(path) => path.display().fmt(f),
        }
    }
}

/// Prints the one line `listening on ADDRESS` on stdout, which tells whoever started the server
/// that it may be asked now, and where. A closed stdout is not an error.
pub fn announce(address: &Address) {
    let mut stdout = io::stdout().lock();
    let _ = writeln!(stdout, "listening on {address}").and_then(|()| stdout.flush());
}

/// Tries each address of the host in turn, as `connect` would on the other side.
fn bind<T>(
    options: &ServeOptions,
    open: impl Fn(SocketAddr) -> io::Result<T>,
) -> Result<T, ServeError> {
    let ServeOptions { host, port, .. } = options;
    let bind_error = |source| ServeError::Bind {
        address: format!("{host}:{port}"),
        source,
    };
    let addresses = (host.as_str(), *port)
        .to_socket_addrs()
        .map_err(bind_error)?;
    let mut refusal = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    for address in addresses {
        match open(address) {
            Ok(socket) => return Ok(socket),
            Err(error) => refusal = error,
        }
    }
    Err(bind_error(refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_port(port: u16) -> ServeOptions {
        ServeOptions {
            port,
            ..ServeOptions::default()
        }
    }

    #[test]
    fn port_zero_lets_the_system_choose() {
        let listener = listen_tcp(&at_port(0)).unwrap();
        assert_ne!(listener.local_addr().unwrap().port(), 0);
    }

    #[test]
    fn a_port_in_use_is_an_error_that_names_the_address() {
        let first = listen_tcp(&at_port(0)).unwrap();
        let port = first.local_addr().unwrap().port();
        let error = listen_tcp(&at_port(port)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("cannot listen on 127.0.0.1:{port}")
        );
    }

    #[test]
    fn a_udp_port_is_not_shared() {
        let first = bind_udp(&at_port(0)).unwrap();
        let port = first.local_addr().unwrap().port();
        assert!(matches!(
            bind_udp(&at_port(port)),
            Err(ServeError::Bind { .. })
        ));
    }
}
