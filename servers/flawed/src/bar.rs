//! `bar`, and the mistakes of a server that takes one recv for one message.

use std::net::TcpStream;

use crate::connection::{Connection, Stop};
use crate::life::Life;
use crate::mistake::Mistake;

/// The longest message, in bytes.
const MESSAGE_BYTES: usize = 1024;

/// The buffer of a server that has a small one, in bytes.
const SMALL_BYTES: usize = 100;

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    move |stream, life| {
        let mut connection = Connection::new(stream, mistake, life);
        let mut buffer = vec![0; MESSAGE_BYTES];
        let mut held = 0;
        while let Some(received) = connection.receive()? {
            for message in received.chunks(MESSAGE_BYTES) {
                let message = &message[..message.len().min(kept(mistake))];
                buffer[..message.len()].copy_from_slice(message);
                held = held.max(message.len());
                let order = match mistake {
                    Some(Mistake::StaleBuffer) => &buffer[..held],
                    _ => message,
                };
                if mistake == Some(Mistake::DiesOnInvalidUtf8) && str::from_utf8(order).is_err() {
                    return Err(Stop::Server("what it received is not UTF-8"));
                }
                if mistake == Some(Mistake::ClosesOnInvalidUtf8) && str::from_utf8(order).is_err() {
                    return Ok(connection.close()?);
                }
                let answer = confirmed(order, mistake);
                connection.send(&answer)?;
                if mistake == Some(Mistake::AnswersTwice) {
                    connection.send(&answer)?;
                }
                if is_last(order, mistake) || mistake == Some(Mistake::StopsAfterFirstRequest) {
                    return Ok(connection.close()?);
                }
            }
        }
        if mistake == Some(Mistake::FloodsAtEof) {
            loop {
                life.check();
                connection.send(&confirmed(b"", None))?;
            }
        }
        Ok(connection.end()?)
    }
}

/// How much of a message is read.
fn kept(mistake: Option<Mistake>) -> usize {
    match mistake {
        Some(Mistake::TruncatesAtBuffer) => SMALL_BYTES,
        _ => MESSAGE_BYTES,
    }
}

fn confirmed(order: &[u8], mistake: Option<Mistake>) -> Vec<u8> {
    let order = match mistake {
        Some(Mistake::ForgetsQuestion) => b"votre commande",
        _ => order,
    };
    let before = "vous m'avez demandé : ".as_bytes();
    let mut answer = [before, order, " bien reçu 5 / 5".as_bytes()].concat();
    if mistake == Some(Mistake::SendsTerminator) {
        answer.push(0);
    }
    if mistake == Some(Mistake::PadsWithNul) {
        answer.resize(answer.len().max(MESSAGE_BYTES), 0);
    }
    answer
}

fn is_last(order: &[u8], mistake: Option<Mistake>) -> bool {
    match mistake {
        Some(Mistake::DoesNotClose) => false,
        Some(Mistake::EndsAtPrefix) => order.starts_with(b"fin"),
        _ => matches!(order, b"fin" | b"fin\n" | b"fin\r\n"),
    }
}
