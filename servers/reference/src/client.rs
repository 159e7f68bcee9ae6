//! Finds the client of an exercise, and runs it on stdin and stdout.
//!
//! All clients are alike: they read lines on stdin, send each, and print the answer before they
//! read the next one. `quit` and the end of stdin end them. Answers go to stdout, everything
//! else that a user should know to stderr.

mod datagram;
mod stream;
mod terminal;

use std::io::{self, Write};
use std::time::Duration;

pub(crate) use datagram::DatagramClient;
pub(crate) use stream::{StreamClient, open};
pub(crate) use terminal::Terminal;

use crate::{
    bar, chat, daytime, echo, exercises, files, kv, line_printer, mystery_number, successor,
    text_commands, upper, web,
};

/// Talks to the server of `exercise` at `address` (`host:port`), on stdin and stdout.
///
/// `Ok` is a normal end, exit code 0: `quit`, the end of stdin, or the end of the dialogue.
///
/// # Errors
/// Everything else. The program should then print the error and end with
/// [`ConnectError::exit_code`].
///
/// # Panics
/// Outside a tokio runtime with I/O and time enabled.
pub async fn connect(exercise: &str, address: &str) -> Result<(), ConnectError> {
    connect_on(exercise, address, Terminal::of_the_process()).await
}

async fn connect_on<W: Write>(
    exercise: &str,
    address: &str,
    mut terminal: Terminal<W>,
) -> Result<(), ConnectError> {
    connect_with(exercise, address, &mut terminal).await
}

/// The client of `exercise` on a terminal that is needed afterwards, too.
pub(crate) async fn connect_with<W: Write>(
    exercise: &str,
    address: &str,
    terminal: &mut Terminal<W>,
) -> Result<(), ConnectError> {
    match exercise {
        "echo-tcp" => StreamClient::open(address).await?.talk(terminal).await,
        "echo-udp" => {
            DatagramClient::open(address)
                .await?
                .talk(terminal, echo::answers)
                .await
        }
        "upper-tcp" => StreamClient::open(address).await?.talk(terminal).await,
        "upper-udp" => {
            DatagramClient::open(address)
                .await?
                .talk(terminal, upper::answers)
                .await
        }
        "text-commands" => text_commands::connect(address, terminal).await,
        "mystery-number" => mystery_number::connect(address, terminal).await,
        "kv" => kv::connect(address, terminal).await,
        "files" => files::connect(address, terminal).await,
        "web" => web::connect(address, terminal).await,
        "daytime-tcp" => daytime::connect_tcp(address, terminal).await,
        "daytime-udp" => daytime::connect_udp(address, terminal).await,
        "bar" => bar::connect(address, terminal).await,
        "unix-successor" => successor::connect(address, terminal).await,
        "line-printer" => line_printer::connect(address, terminal).await,
        "chat-turns" => chat::connect(address, terminal, chat::Order::InTurn).await,
        "chat-duplex" => chat::connect(address, terminal, chat::Order::AtWill).await,
        served if exercises().contains(&served) => Err(ConnectError::NoClient {
            exercise: served.to_owned(),
        }),
        unknown => Err(ConnectError::UnknownExercise {
            exercise: unknown.to_owned(),
            known: exercises(),
        }),
    }
}

/// Why a client could not do its work; sorted by who must act.
///
/// The first two are for whoever typed the command, [`Terminal`](Self::Terminal) for the
/// machine, the others for the server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// No exercise has this id.
    #[error("no exercise is called `{exercise}`; there are: {}", known.join(", "))]
    UnknownExercise {
        /// The id that was asked for.
        exercise: String,
        /// The ids there are.
        known: &'static [&'static str],
    },
    /// The exercise asks for a server only.
    #[error("`{exercise}` asks for a server only: there is no client of it")]
    NoClient {
        /// The exercise's id.
        exercise: String,
    },
    /// The address is not `host:port`, or the host has no address.
    #[error("`{address}` is no address to connect to; an address is `host:port`")]
    Address {
        /// The address as it was typed.
        address: String,
        /// What the resolver answered.
        source: io::Error,
    },
    /// stdin or stdout failed.
    #[error("cannot use the terminal")]
    Terminal(#[source] io::Error),
    /// Nothing accepts connections there.
    #[error("cannot connect to {address}")]
    Unreachable {
        /// The address as it was typed.
        address: String,
        /// What the system answered.
        source: io::Error,
    },
    /// FIN came where an answer was due.
    #[error("the server closed the connection before its answer was complete")]
    ClosedEarly,
    /// The other user has left, and ours had not finished.
    #[error("the other side has left")]
    PeerLeft,
    /// The connection broke: RST, or another error of the socket.
    #[error("the connection to the server broke")]
    Broken(#[source] io::Error),
    /// The answer is longer than the client is willing to keep.
    #[error("the server's answer is longer than {limit} bytes")]
    AnswerTooLong {
        /// The limit, in bytes.
        limit: u64,
    },
    /// No answer came over UDP, whatever was sent again.
    #[error("no answer from {address} within {} s, after {requests} requests", waited.as_secs_f32())]
    Silent {
        /// The address as it was typed.
        address: String,
        /// How often the request was sent.
        requests: usize,
        /// From the first request on.
        waited: Duration,
    },
}

impl ConnectError {
    /// The exit code for a program that ends with this error: 2 where the command was wrong,
    /// 1 where the server or the machine was.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::UnknownExercise { .. } | Self::NoClient { .. } | Self::Address { .. } => 2,
            _ => 1,
        }
    }
}

#[cfg(test)]
mod tests;
