//! Where the program under test is.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use sockspec_spec::model::Transport;

/// The address of a program under test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// TCP.
    Tcp(SocketAddr),
    /// UDP.
    Udp(SocketAddr),
    /// AF_UNIX stream.
    Unix(PathBuf),
    /// The program listens nowhere: it has its own streams only.
    Nowhere,
}

/// An address that cannot be used: says which part, and what would do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TargetError {
    /// There is no port.
    #[error("`{address}` has no port: write `HOST:PORT`, for example `127.0.0.1:{example}`")]
    NoPort {
        /// As given.
        address: String,
        /// The exercise's usual port.
        example: u16,
    },
    /// The port is no number from 1 to 65535.
    #[error("`{port}` in `{address}` is not a port: a port is a number from 1 to 65535")]
    BadPort {
        /// As given.
        address: String,
        /// Its part behind the colon.
        port: String,
    },
    /// The host's name means nothing to the system.
    #[error("the host `{host}` in `{address}` cannot be resolved: {reason}")]
    Unresolved {
        /// As given.
        address: String,
        /// Its part before the colon.
        host: String,
        /// What the system said.
        reason: String,
    },
    /// The host is empty.
    #[error("`{address}` has no host: write `HOST:PORT`, for example `127.0.0.1:{example}`")]
    NoHost {
        /// As given.
        address: String,
        /// The exercise's usual port.
        example: u16,
    },
    /// The path of a Unix socket is too long for the system.
    #[error("the path `{path}` is longer than the 107 bytes that a Unix socket's path may have")]
    LongPath {
        /// As given.
        path: String,
    },
}

impl Target {
    /// Reads `HOST:PORT` (`[::1]:PORT` for IPv6) or, for a Unix socket, a path. Names are resolved once.
    ///
    /// # Errors
    /// Says which part of the address cannot be used.
    pub async fn resolve(
        address: &str,
        transport: Transport,
        usual_port: u16,
    ) -> Result<Self, TargetError> {
        if transport == Transport::Unix {
            if address.len() > 107 {
                return Err(TargetError::LongPath {
                    path: address.to_owned(),
                });
            }
            return Ok(Target::Unix(PathBuf::from(address)));
        }
        let owned = || address.to_owned();
        let Some((host, port)) = address.rsplit_once(':').filter(|(host, _)| {
            !host.contains(':') || (host.starts_with('[') && host.ends_with(']'))
        }) else {
            return Err(TargetError::NoPort {
                address: owned(),
                example: usual_port,
            });
        };
        if host.is_empty() {
            return Err(TargetError::NoHost {
                address: owned(),
                example: usual_port,
            });
        }
        let number = port.parse::<u16>().ok().filter(|number| *number != 0);
        let Some(number) = number else {
            return Err(TargetError::BadPort {
                address: owned(),
                port: port.to_owned(),
            });
        };
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let unresolved = |reason: String| TargetError::Unresolved {
            address: owned(),
            host: bare.to_owned(),
            reason,
        };
        let found: Vec<SocketAddr> = tokio::net::lookup_host((bare, number))
            .await
            .map_err(|error| unresolved(error.to_string()))?
            .collect();
        // The sheets bind to IPv4 addresses; `localhost` may resolve to `::1` first.
        let chosen = found.iter().find(|one| one.is_ipv4()).or(found.first());
        let address = *chosen.ok_or_else(|| unresolved("no address".to_owned()))?;
        Ok(match transport {
            Transport::Udp => Target::Udp(address),
            Transport::Tcp | Transport::Unix | Transport::None => Target::Tcp(address),
        })
    }

    /// Whether the target is on this machine, so that the kernel can be asked about it.
    pub fn is_local(&self) -> bool {
        match self {
            Target::Unix(_) | Target::Nowhere => true,
            Target::Tcp(address) | Target::Udp(address) => {
                is_loopback(address.ip()) || is_own(address.ip())
            }
        }
    }
}

fn is_loopback(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback(),
        IpAddr::V6(ip) => {
            ip.is_loopback() || ip.to_ipv4_mapped().is_some_and(|ip| ip.is_loopback())
        }
    }
}

/// Whether an address belongs to an interface of this machine: it can be bound.
fn is_own(ip: IpAddr) -> bool {
    std::net::UdpSocket::bind((ip, 0)).is_ok()
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Target::Tcp(address) | Target::Udp(address) => address.fmt(f),
            Target::Unix(path) => path.display().fmt(f),
            Target::Nowhere => f.write_str("-"),
        }
    }
}
