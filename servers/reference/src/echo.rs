//! `echo-tcp`, `echo-udp`: everything comes back.
//!
//! Task: whatever a client sends is sent back unchanged, until the client ends.
//! Wire: TCP, a stream of bytes without messages; the server closes after the client's FIN.
//! UDP, each datagram comes back whole, the empty one too.
//! Source: course sheet 001, p. 1 (the example of Python's `socket` documentation); sheet 002;
//! RFC 862.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends back what it reads, until the client's FIN. While the client does not read, nothing
/// more is read from it either: `write_all` waits, and the buffer is all that is ever kept.
pub(crate) async fn serve_client(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    loop {
        let length = stream.read(&mut buffer).await?;
        if length == 0 {
            return Ok(());
        }
        stream.write_all(&buffer[..length]).await?;
    }
}

/// Whether `answer` can be the answer to `request`: the client's way to know late ones.
pub(crate) fn answers(request: &[u8], answer: &[u8]) -> bool {
    request == answer
}
