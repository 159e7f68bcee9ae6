//! `text-commands`: capitals, small letters and the time, on demand.
//!
//! Task: the client sends requests as text and waits for the answer to each; both go on until
//! one of them closes.
//! Wire: lines of UTF-8. `UPPER <str>` and `LOWER <str>` are answered with the string mapped,
//! `DATENOW` with the Unix time in whole seconds, anything else with `ERR unknown command`. The
//! string is all that stands after the first space, further spaces included.
//! Source: course sheet 001, exercise 1.

use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use sockspec_kit::{LineReader, close};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{ConnectError, StreamClient, Terminal};

/// Answers each line, until the client's FIN.
pub(crate) async fn serve_client(mut stream: TcpStream) -> io::Result<()> {
    let (input, mut output) = stream.split();
    let mut requests = LineReader::new(input);
    while let Some(request) = requests.next().await? {
        let answer = match request {
            Ok(request) => answer(&request),
            Err(error) => format!("ERR {error}"),
        };
        output.write_all(format!("{answer}\n").as_bytes()).await?;
    }
    close(stream).await;
    Ok(())
}

fn answer(request: &str) -> String {
    let (command, argument) = request.split_once(' ').unwrap_or((request, ""));
    match command {
        "UPPER" => argument.to_uppercase(),
        "LOWER" => argument.to_lowercase(),
        "DATENOW" if request == command => unix_time().to_string(),
        _ => "ERR unknown command".to_owned(),
    }
}

/// Whole seconds since 1970; 0 on a machine whose clock stands before that.
fn unix_time() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs())
}

/// The client: each line typed is a request.
pub(crate) async fn connect(
    address: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    StreamClient::open(address).await?.talk(terminal).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_argument_is_all_after_the_first_space() {
        assert_eq!(answer("UPPER  déjà  vu "), " DÉJÀ  VU ");
        assert_eq!(answer("LOWER ÀÉÎ ΟΔΟΣ"), "àéî οδος");
    }

    #[test]
    fn a_missing_argument_is_an_empty_one() {
        assert_eq!(answer("UPPER"), "");
        assert_eq!(answer("LOWER "), "");
    }

    #[test]
    fn datenow_is_a_number_of_seconds() {
        assert!(answer("DATENOW").parse::<u64>().unwrap() > 1_700_000_000);
    }

    #[test]
    fn anything_else_is_unknown() {
        for request in [
            "",
            " ",
            "HELLO",
            "upper a",
            "UPPERa",
            "DATENOW now",
            "UPPER\ta",
        ] {
            assert_eq!(answer(request), "ERR unknown command", "{request:?}");
        }
    }
}
