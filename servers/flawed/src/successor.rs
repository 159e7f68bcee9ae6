//! `unix-successor`, and the mistakes with a byte.

use std::net::TcpStream;

use crate::connection::{Connection, Stop};
use crate::life::Life;
use crate::mistake::Mistake;

/// The sheet's path.
pub(crate) const USUAL_PATH: &str = "socket_serveur";

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    move |stream, life| {
        let mut connection = Connection::new(stream, mistake, life);
        let Some(mut request) = connection.receive()? else {
            return match mistake {
                Some(Mistake::DiesOnSilentClient) => Err(Stop::Server("nothing has no first byte")),
                _ => Ok(connection.end()?),
            };
        };
        while mistake == Some(Mistake::WaitsForNewline) && !request.ends_with(b"\n") {
            match connection.receive()? {
                Some(more) => request.extend(more),
                None => return Ok(connection.end()?),
            }
        }
        if mistake == Some(Mistake::MoreThanAByteKills) && request.len() > 1 {
            return Err(Stop::Server("only one byte was expected"));
        }
        connection.send(&answer(request[0], mistake)?)?;
        match mistake {
            Some(Mistake::NeverCloses) => Ok(connection.end()?),
            _ => Ok(connection.close()?),
        }
    }
}

fn answer(byte: u8, mistake: Option<Mistake>) -> Result<Vec<u8>, Stop> {
    match mistake {
        Some(Mistake::SameByte) => Ok(vec![byte]),
        Some(Mistake::OverflowKills) if byte == u8::MAX => Err(Stop::Server("256 is no byte")),
        Some(Mistake::DiesOnInvalidUtf8) if !byte.is_ascii() => {
            Err(Stop::Server("what it received is not UTF-8"))
        }
        Some(Mistake::EncodesAsText) => {
            let character = char::from(byte.wrapping_add(1));
            Ok(character.to_string().into_bytes())
        }
        _ => Ok(vec![byte.wrapping_add(1)]),
    }
}
