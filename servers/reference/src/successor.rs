//! `unix-successor`: one byte there, the next one back.
//!
//! Task: two programs of one machine talk through a socket that has a path for its name.
//! Wire: the client sends one byte b, the server answers the byte (b + 1) mod 256 and closes. A byte
//! is a number and no character: 255 gets 0.
//! Source: course sheet 003, §4.

use std::io::{self, Write};

use sockspec_kit::close;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

use crate::client::{ConnectError, Terminal};

/// The sheet's path, in the folder in which the server is started.
pub(crate) const USUAL_PATH: &str = "socket_serveur";

/// What the client sends when nothing is typed, as the sheet's does.
const USUAL_BYTE: u8 = b'A';

/// Answers the first byte, and closes. A client that leaves without a word gets none.
pub(crate) async fn serve_client(mut stream: UnixStream) -> io::Result<()> {
    let mut byte = [0];
    if stream.read(&mut byte).await? == 0 {
        return Ok(());
    }
    stream.write_all(&[byte[0].wrapping_add(1)]).await?;
    close(stream).await;
    Ok(())
}

/// The client: it asks for the first byte of each line typed, over a connection of its own, since
/// the server closes after each answer; once for `A` where no line is typed.
pub(crate) async fn connect(
    path: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    while let Some(line) = terminal.read_line().await? {
        let byte = line.first().copied().unwrap_or(USUAL_BYTE);
        terminal.print(&shown(ask(path, byte).await?))?;
    }
    if !terminal.has_typed() {
        terminal.print(&shown(ask(path, USUAL_BYTE).await?))?;
    }
    Ok(())
}

async fn ask(path: &str, byte: u8) -> Result<u8, ConnectError> {
    let mut stream =
        UnixStream::connect(path)
            .await
            .map_err(|source| ConnectError::Unreachable {
                address: path.to_owned(),
                source,
            })?;
    // A server that has left before answers is told by the read.
    let _ = stream.write_all(&[byte]).await;
    let mut answer = [0];
    match stream.read(&mut answer).await {
        Ok(0) => Err(ConnectError::ClosedEarly),
        Ok(_) => Ok(answer[0]),
        Err(error) => Err(ConnectError::Broken(error)),
    }
}

/// A character that can be seen as itself, any other byte as its number.
fn shown(byte: u8) -> Vec<u8> {
    match byte.is_ascii_graphic() {
        true => vec![byte],
        false => byte.to_string().into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_byte_gets_the_next_one_and_the_last_the_first() {
        for byte in 0..=u8::MAX {
            let (mut client, server) = UnixStream::pair().unwrap();
            let served = tokio::spawn(serve_client(server));
            client.write_all(&[byte]).await.unwrap();
            let mut answer = Vec::new();
            client.read_to_end(&mut answer).await.unwrap();
            assert_eq!(answer, [byte.wrapping_add(1)]);
            drop(client);
            served.await.unwrap().unwrap();
        }
    }

    #[test]
    fn bytes_are_shown_as_characters_or_numbers() {
        assert_eq!(shown(b'B'), b"B");
        assert_eq!(shown(0), b"0");
        assert_eq!(shown(0xC4), b"196");
    }
}
