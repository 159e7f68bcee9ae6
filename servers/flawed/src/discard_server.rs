//! `discard-tcp`, and the mistakes in reading only.

use std::net::TcpStream;

use crate::connection::{Connection, Stop};
use crate::life::{Life, stand_still};
use crate::mistake::Mistake;
use crate::utf8;

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    move |stream, life| {
        let mut connection = Connection::new(stream, mistake, life);
        let mut watch = utf8::Watch::default();
        if mistake == Some(Mistake::Greets) {
            connection.send(b"discard\n")?;
        }
        while let Some(chunk) = connection.receive()? {
            match mistake {
                Some(Mistake::EchoesInput) => connection.send(&chunk)?,
                Some(Mistake::ReadsOnce) => stand_still(),
                Some(Mistake::ClosesAfterFirstRead) => return Ok(()),
                Some(Mistake::DiesOnInvalidUtf8) if !watch.is_valid(&chunk) => {
                    return Err(Stop::Server("what it received is not UTF-8"));
                }
                Some(Mistake::ClosesOnInvalidUtf8) if !watch.is_valid(&chunk) => {
                    return Err(Stop::Leave);
                }
                _ => {}
            }
        }
        Ok(connection.end()?)
    }
}
