//! `ephemeral-ports`: the ports that the system chooses.
//!
//! Task: bind a UDP and a TCP socket to port 0, ask which port each got, and print both.
//! Terminal: `Socket UDP attaché au port : PORT`, `Socket TCP attachée au port : PORT`; both sockets stay bound
//! until SIGINT or SIGTERM.
//! Source: course sheet 003, section 3.5.

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr};

use sockspec_kit::{ServeError, Signals};
use tokio::net::{TcpSocket, UdpSocket};

/// Shows two ports that the system chose, and keeps them until SIGINT or SIGTERM.
///
/// # Errors
/// [`ServeError::Signals`]; [`ServeError::Bind`] where the system has no port left.
///
/// # Panics
/// Outside a tokio runtime with I/O enabled.
pub async fn ephemeral_ports() -> Result<(), ServeError> {
    let mut signals = Signals::install().map_err(ServeError::Signals)?;
    let any = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
    let bind_error = |source| ServeError::Bind {
        address: any.to_string(),
        source,
    };
    // They stay bound as long as these live: to the end of the function.
    let udp = UdpSocket::bind(any).await.map_err(bind_error)?;
    let tcp = TcpSocket::new_v4().map_err(bind_error)?;
    tcp.bind(any).map_err(bind_error)?;
    let ports = (udp.local_addr(), tcp.local_addr());
    // Without a screen there is nobody to tell.
    if let (Ok(udp), Ok(tcp)) = ports {
        let _ = show(udp.port(), tcp.port());
    }
    signals.received().await;
    Ok(())
}

fn show(udp: u16, tcp: u16) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "Socket UDP attaché au port : {udp}")?;
    writeln!(stdout, "Socket TCP attachée au port : {tcp}")?;
    stdout.flush()
}
