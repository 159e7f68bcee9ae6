//! `time-tcp`, `time-udp`: the time as a number.
//!
//! Task: tell the time to another machine, whatever its processor and its time zone.
//! Wire: four bytes, the seconds since 1900-01-01 00:00 UTC, most significant byte first. TCP:
//! sent as soon as a client connects, then the server closes. UDP: one datagram for each datagram;
//! by the RFC a request is empty, and this server does not look.
//! Source: course sheet 003, the extract of /etc/services; RFC 868.

use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

use sockspec_kit::close;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// From 1900-01-01 to 1970-01-01, in seconds (RFC 868, last page).
const FROM_1900_TO_1970: u64 = 2_208_988_800;

/// Sends the time, and closes.
pub(crate) async fn serve_client(mut stream: TcpStream) -> io::Result<()> {
    stream.write_all(&now()).await?;
    close(stream).await;
    Ok(())
}

/// The present second, as it travels.
///
/// 32 bits are full in 2036; the count then starts anew from 0, as a sum modulo 2³² does.
pub(crate) fn now() -> [u8; 4] {
    let since_1970 = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    ((since_1970 + FROM_1900_TO_1970) as u32).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_bytes_are_now() {
        let told = u64::from(u32::from_be_bytes(now()));
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs();
        // 2^32 seconds after 1900 the count begins again.
        let late = (now + FROM_1900_TO_1970) % (1 << 32) - told;
        assert!(late < 2, "{told}");
    }
}
