//! `chargen-tcp`, and the mistakes in writing without end.

use std::net::TcpStream;

use crate::connection::{Connection, Stop};
use crate::life::Life;
use crate::mistake::Mistake;

/// Characters of a line, without its end.
const LINE_CHARACTERS: usize = 72;

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    move |stream, life| {
        let mut connection = Connection::new(stream, mistake, life);
        if mistake == Some(Mistake::WaitsForRequest) {
            connection.receive()?;
        }
        let pattern = pattern(mistake);
        loop {
            match mistake {
                Some(Mistake::SendsOneLine) => {
                    connection.send(&pattern[..LINE_CHARACTERS + 2])?;
                    while connection.receive()?.is_some() {}
                    return Ok(connection.end()?);
                }
                Some(Mistake::SendsOneTurn) => {
                    connection.send(&pattern)?;
                    return Ok(connection.close()?);
                }
                _ => connection.send(&pattern)?,
            }
        }
    }
}

/// One turn of the pattern: each line begins one character further than the last.
pub(crate) fn pattern(mistake: Option<Mistake>) -> Vec<u8> {
    let ring: Vec<u8> = match mistake {
        Some(Mistake::AllByteValues) => (0..=u8::MAX).collect(),
        _ => (b' '..=b'~').collect(),
    };
    let end: &[u8] = match mistake {
        Some(Mistake::MissingNewline) => b"",
        _ => b"\r\n",
    };
    let line = |start| {
        let characters = ring.iter().cycle().skip(start).take(LINE_CHARACTERS);
        characters.chain(end).copied()
    };
    (0..ring.len()).flat_map(line).collect()
}
