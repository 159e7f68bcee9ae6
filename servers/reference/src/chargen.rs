//! `chargen-tcp`, `chargen-udp`: characters, as many as one likes.
//!
//! Task: send characters that show whether a link or a terminal drops or changes any.
//! Wire: lines of 72 characters from the ring of the 95 printable ones, each line one character
//! further than the last, each ended by CR LF. TCP: from the connection on, without end, until the
//! client closes; what it sends is thrown away. UDP: for each datagram one of 0 to 512 characters,
//! as many as chance says.
//! Source: course sheet 003, the extract of /etc/services; RFC 864.

use std::io;

use tokio::io::{AsyncWriteExt, copy, sink};
use tokio::net::TcpStream;

/// The printable characters of ASCII, from the space to the tilde.
const RING: std::ops::RangeInclusive<u8> = b' '..=b'~';

/// Characters of a line, without its end.
const LINE_CHARACTERS: usize = 72;

/// Most characters of a datagram.
const MAX_DATAGRAM_CHARACTERS: usize = 512;

/// Sends the pattern again and again, until the client is gone.
///
/// While the client does not read, `write_all` waits: nothing is kept but the pattern itself. What
/// the client sends is read all the same, so that its reset is noticed.
pub(crate) async fn serve_client(mut stream: TcpStream) -> io::Result<()> {
    let (mut input, mut output) = stream.split();
    let turn = turn();
    let send = async {
        loop {
            output.write_all(&turn).await?;
        }
    };
    let receive = async {
        // The client's FIN ends its own direction only: it may still listen.
        copy(&mut input, &mut sink()).await?;
        std::future::pending().await
    };
    tokio::select! {
        end = send => end,
        end = receive => end,
    }
}

/// The answer to a datagram.
pub(crate) fn datagram() -> Vec<u8> {
    let length = fastrand::usize(0..=MAX_DATAGRAM_CHARACTERS);
    let mut characters = turn();
    characters.truncate(length);
    characters
}

/// One turn of the pattern: a line that begins with each of the characters.
fn turn() -> Vec<u8> {
    let ring: Vec<u8> = RING.collect();
    let line = |start| {
        let characters = ring.iter().cycle().skip(start).take(LINE_CHARACTERS);
        characters.copied().chain(*b"\r\n")
    };
    (0..ring.len()).flat_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_is_that_of_the_rfc() {
        let turn = turn();
        let lines: Vec<&[u8]> = turn.split_inclusive(|byte| *byte == b'\n').collect();
        assert_eq!(lines.len(), 95);
        assert!(lines[0].starts_with(b" !\"#$") && lines[0].ends_with(b"efg\r\n"));
        assert!(lines[94].starts_with(b"~ !\"#") && lines[94].ends_with(b"def\r\n"));
    }

    #[test]
    fn datagrams_have_no_more_than_512_characters() {
        let lengths: Vec<usize> = (0..2000).map(|_| datagram().len()).collect();
        assert!(
            lengths
                .iter()
                .all(|length| *length <= MAX_DATAGRAM_CHARACTERS)
        );
        assert!(lengths.iter().any(|length| *length != lengths[0]));
    }
}
