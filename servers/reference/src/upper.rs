//! `upper-tcp`, `upper-udp`: everything comes back in capitals.
//!
//! Task: what a client sends is sent back in capitals.
//! Wire: TCP, a stream of bytes without messages; the server closes after the client's FIN. UDP,
//! one datagram for each datagram. Two dialects: `ascii` changes `a` to `z` only, `unicode`
//! every letter that has a capital (`é` to `É`, `ß` to `SS`). Bytes that are not UTF-8 stay.
//! Source: course sheet 002, whose servers in Rust and Python speak `ascii` (TCP) and whose UDP
//! server in Python speaks `unicode`.

use std::io;

use clap::{Parser, ValueEnum};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Options of the two servers.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
pub(crate) struct Options {
    /// Which letters get capitals
    #[arg(long, value_enum, default_value_t = Dialect::Ascii)]
    pub(crate) dialect: Dialect,
}

/// Which letters get capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    /// a to z only; all other bytes stay
    Ascii,
    /// Every letter that has a capital
    Unicode,
}

/// Sends back in capitals what it reads, until the client's FIN.
pub(crate) async fn serve_client(mut stream: TcpStream, dialect: Dialect) -> io::Result<()> {
    let mut buffer = [0; 16 * 1024];
    let mut mapping = Mapping::new(dialect);
    loop {
        let length = stream.read(&mut buffer).await?;
        if length == 0 {
            stream.write_all(&mapping.finish()).await?;
            return Ok(());
        }
        stream.write_all(&mapping.push(&buffer[..length])).await?;
    }
}

/// One whole message in capitals.
pub(crate) fn capitals(message: &[u8], dialect: Dialect) -> Vec<u8> {
    let mut mapping = Mapping::new(dialect);
    let mut capitals = mapping.push(message);
    capitals.append(&mut mapping.finish());
    capitals
}

/// A stream's way into capitals. A character may be cut by the end of a segment: its first bytes
/// wait here for the others, never more than three.
struct Mapping {
    dialect: Dialect,
    unfinished: Vec<u8>,
}

impl Mapping {
    fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            unfinished: Vec::new(),
        }
    }

    /// The capitals of all characters that `bytes` complete.
    fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        if self.dialect == Dialect::Ascii {
            return bytes.to_ascii_uppercase();
        }
        self.unfinished.extend_from_slice(bytes);
        let mut capitals = Vec::with_capacity(self.unfinished.len());
        let mut rest = self.unfinished.as_slice();
        while let Some(chunk) = rest.utf8_chunks().next() {
            capitals.extend(chunk.valid().to_uppercase().bytes());
            rest = &rest[chunk.valid().len()..];
            if is_unfinished_character(rest) {
                break;
            }
            capitals.extend_from_slice(chunk.invalid());
            rest = &rest[chunk.invalid().len()..];
        }
        self.unfinished = rest.to_vec();
        capitals
    }

    /// The bytes of a character that the stream's end left unfinished, unchanged.
    fn finish(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.unfinished)
    }
}

/// Whether `bytes` are the beginning of a character, and nothing else.
fn is_unfinished_character(bytes: &[u8]) -> bool {
    str::from_utf8(bytes)
        .is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
}

/// Whether `answer` can be the answer to `request` in one of the dialects: the client's way to
/// know late ones. Both are compared without regard to case, nor to what is not UTF-8.
pub(crate) fn answers(request: &[u8], answer: &[u8]) -> bool {
    caseless(request) == caseless(answer)
}

fn caseless(message: &[u8]) -> String {
    let text = String::from_utf8_lossy(message);
    let text = text
        .chars()
        .filter(|&character| character != char::REPLACEMENT_CHARACTER);
    text.flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    #[test]
    fn ascii_changes_a_to_z_only() {
        assert_eq!(
            capitals("aé{z".as_bytes(), Dialect::Ascii),
            "Aé{Z".as_bytes()
        );
    }

    #[test]
    fn unicode_changes_every_letter() {
        assert_eq!(
            capitals("aéßﬁΐ".as_bytes(), Dialect::Unicode),
            "AÉSSFI\u{399}\u{308}\u{301}".as_bytes()
        );
    }

    #[test]
    fn bytes_that_are_not_utf8_stay() {
        assert_eq!(
            capitals(b"a\xC3(\xE9b\xF0\x9F", Dialect::Unicode),
            b"A\xC3(\xE9B\xF0\x9F"
        );
    }

    proptest! {
        #[test]
        fn segmentation_does_not_change_the_capitals(
            pieces in prop::collection::vec(
                prop_oneof![
                    "[a-zéß€😀]{0,4}".prop_map(String::into_bytes),
                    prop::collection::vec(any::<u8>(), 0..4),
                ],
                0..8,
            ),
            cuts in prop::collection::vec(any::<Index>(), 0..6),
        ) {
            let stream = pieces.concat();
            let mut at: Vec<usize> =
                cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
            at.extend([0, stream.len()]);
            at.sort_unstable();
            let mut mapping = Mapping::new(Dialect::Unicode);
            let mut cut = Vec::new();
            for pair in at.windows(2) {
                cut.append(&mut mapping.push(&stream[pair[0]..pair[1]]));
                prop_assert!(mapping.unfinished.len() <= 3);
            }
            cut.append(&mut mapping.finish());
            prop_assert_eq!(cut, capitals(&stream, Dialect::Unicode));
        }
    }
}
