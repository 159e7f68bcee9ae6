//! `daytime-tcp`, `daytime-udp`: the date and the time.
//!
//! Task: tell the date and the time to whoever asks.
//! Wire: one line of text, ended by LF. TCP: sent as soon as a client connects, then the server
//! closes; what the client sends is not looked at. UDP: one datagram for each datagram, whatever
//! is in it. The format is free (RFC 867); this one is ISO 8601 in UTC, to the second.
//! Source: course sheet 003, §6; RFC 867.

use std::io::{self, Write};

use jiff::Timestamp;
use sockspec_kit::close;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{ConnectError, DatagramClient, StreamClient, Terminal};

/// Sends the date and the time, and closes.
pub(crate) async fn serve_client(mut stream: TcpStream) -> io::Result<()> {
    stream.write_all(now().as_bytes()).await?;
    close(stream).await;
    Ok(())
}

/// The line that tells the present second, such as `2026-08-21T10:15:30Z`.
pub(crate) fn now() -> String {
    Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%SZ\n")
        .to_string()
}

/// The client over TCP: it prints what the server sends until it closes.
pub(crate) async fn connect_tcp(
    address: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    let time = StreamClient::open(address).await?.read_to_close().await?;
    if time.is_empty() {
        return Err(ConnectError::ClosedEarly);
    }
    terminal.print(time.trim_ascii_end())
}

/// The client over UDP: it asks with an empty datagram, and prints the answer.
pub(crate) async fn connect_udp(
    address: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    let time = DatagramClient::open(address)
        .await?
        .ask(b"", |answer| !answer.is_empty())
        .await?;
    terminal.print(time.trim_ascii_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_now_in_iso_8601() {
        let line = now();
        let told: Timestamp = line.strip_suffix('\n').unwrap().parse().unwrap();
        let late = Timestamp::now().duration_since(told);
        assert!((0..2).contains(&late.as_secs()), "{line}");
    }
}
