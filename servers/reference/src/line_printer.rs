//! `line-printer`: the server prints what the client types.
//!
//! Task: the server waits for clients and prints each line that it receives on its standard output; the client
//! sends each line that is typed.
//! Wire: lines of UTF-8, from the client only. The server closes after the client's FIN, and when a line is longer
//! than it is willing to keep.
//! Source: course sheet 004, questions 1 and 2.

use std::io::{self, Write};

use sockspec_kit::{LineReader, close};
use tokio::net::TcpStream;

use crate::client::{ConnectError, StreamClient, Terminal};

/// Prints each line, until the client's FIN.
pub(crate) async fn serve_client(mut stream: TcpStream) -> io::Result<()> {
    let (input, _) = stream.split();
    let mut lines = LineReader::new(input).replacing();
    // A line too long is the last that the reader yields: nobody knows where the next one begins.
    while let Some(Ok(line)) = lines.next().await? {
        show(&line)?;
    }
    close(stream).await;
    Ok(())
}

/// Prints a line in one piece, at once: whoever reads a pipe waits for it.
fn show(line: &str) -> io::Result<()> {
    let mut screen = io::stdout().lock();
    writeln!(screen, "{line}")?;
    screen.flush()
}

/// The client: it sends each line typed, and notices when the server leaves, even while it waits at the keyboard.
pub(crate) async fn connect(
    address: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    let mut server = StreamClient::open(address).await?;
    loop {
        tokio::select! {
            typed = terminal.read_line() => match typed? {
                Some(line) => server.tell(&line).await?,
                None => return server.finish().await,
            },
            why = server.lost() => return Err(why),
        }
    }
}
