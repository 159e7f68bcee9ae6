//! `daytime-tcp`, and the mistakes in its one answer.

use std::net::TcpStream;

use crate::clock::Clock;
use crate::connection::{Connection, Stop};
use crate::life::Life;
use crate::mistake::Mistake;

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    let clock = Clock::new(mistake);
    move |stream, life| {
        let mut connection = Connection::new(stream, mistake, life);
        if mistake == Some(Mistake::WaitsForRequest) {
            connection.receive()?;
        }
        connection.send(clock.line().as_bytes())?;
        if mistake == Some(Mistake::DoesNotClose) {
            while connection.receive()?.is_some() {}
        }
        Ok(connection.close()?)
    }
}
