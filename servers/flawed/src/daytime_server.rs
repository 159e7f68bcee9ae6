//! `daytime-tcp` and `time-tcp`, and the mistakes in their one answer.

use std::net::TcpStream;

use crate::clock::Clock;
use crate::connection::{Connection, Stop};
use crate::life::Life;
use crate::mistake::Mistake;

/// The server of `daytime-tcp`.
pub(crate) fn daytime(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    server(mistake, |clock| clock.line().into_bytes())
}

/// The server of `time-tcp`.
pub(crate) fn time(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    server(mistake, Clock::number)
}

fn server(
    mistake: Option<Mistake>,
    tell: impl Fn(Clock) -> Vec<u8> + Send + Sync + 'static,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    let clock = Clock::new(mistake);
    move |stream, life| {
        let mut connection = Connection::new(stream, mistake, life);
        if mistake == Some(Mistake::WaitsForRequest) {
            connection.receive()?;
        }
        connection.send(&tell(clock))?;
        match mistake {
            Some(Mistake::DoesNotClose) => while connection.receive()?.is_some() {},
            Some(Mistake::NeverCloses) => return Ok(connection.end()?),
            _ => {}
        }
        Ok(connection.close()?)
    }
}
