//! Ends a connection so that the client can read the last answer.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy, sink};
use tokio::time::timeout;

/// How long a closed connection is still read from, for a client that goes on sending.
pub const LINGER: Duration = Duration::from_secs(1);

/// How many bytes are still read from a closed connection.
pub const LINGER_BYTES: u64 = 16 * 1024 * 1024;

/// Closes `stream`: sends FIN, then reads what the client still sends, within [`LINGER`] and
/// [`LINGER_BYTES`], until its FIN.
///
/// A socket closed with input unread sends RST instead of FIN (RFC 9293 §3.6.1, RFC 2525 §2.17),
/// and an RST makes the client's kernel throw away answers that the client has not read yet.
pub async fn close(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    if stream.shutdown().await.is_ok() {
        let mut rest = stream.take(LINGER_BYTES);
        let _ = timeout(LINGER, copy(&mut rest, &mut sink())).await;
    }
}
