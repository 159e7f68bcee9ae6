//! `discard-tcp`, `discard-udp`: everything is read, nothing is said.
//!
//! Task: take whatever comes and throw it away.
//! Wire: TCP, a stream of bytes; the server closes after the client's FIN. UDP, datagrams. No byte
//! ever goes the other way.
//! Source: RFC 863.

use std::io;

use tokio::io::{copy, sink};
use tokio::net::TcpStream;

/// Reads until the client's FIN.
pub(crate) async fn serve_client(mut stream: TcpStream) -> io::Result<()> {
    copy(&mut stream, &mut sink()).await?;
    Ok(())
}
