//! `chat-turns` and `chat-duplex`: two users talk, each at a keyboard of their own.
//!
//! Task: each side sends the lines that its user types and prints the lines that it receives; in turn, the client
//! first, or both at any time.
//! Wire: lines of UTF-8, both ways. In turn, each line received gives the right to send one; what is typed before
//! waits. Who has nothing more to say ends their direction and still prints; the other side's FIN or RST ends the
//! program, even while it waits at the keyboard. Bytes that are not UTF-8 are answered `ERR invalid UTF-8`, which
//! counts as a line, and a line too long `ERR line too long`, which is the last.
//! Source: course sheet 004, questions 3 and 4.

use std::io::{self, Write};

use sockspec_kit::{LineError, LineReader, close};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{ConnectError, Terminal, open};

/// Who may send when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// One line each in turn, the client first.
    InTurn,
    /// Everybody at any time.
    AtWill,
}

/// How a conversation ended.
enum End {
    /// Both sides have said all.
    Over,
    /// The other side left, and our user had not finished.
    Left,
}

/// The server's side of a conversation, on stdin and stdout.
pub(crate) async fn serve_client(stream: TcpStream, order: Order) -> io::Result<()> {
    let lines_allowed = match order {
        Order::InTurn => Some(0),
        Order::AtWill => None,
    };
    // However it ends, the program ends with it.
    talk(stream, &mut Terminal::of_the_process(), lines_allowed)
        .await
        .map(drop)
        .map_err(io::Error::other)
}

/// The client.
pub(crate) async fn connect(
    address: &str,
    terminal: &mut Terminal<impl Write>,
    order: Order,
) -> Result<(), ConnectError> {
    let stream = open(address).await?;
    let lines_allowed = match order {
        Order::InTurn => Some(1),
        Order::AtWill => None,
    };
    match talk(stream, terminal, lines_allowed).await? {
        End::Over => Ok(()),
        End::Left => Err(ConnectError::PeerLeft),
    }
}

/// Sends what is typed and prints what comes; `None` lines allowed are any number.
async fn talk(
    mut stream: TcpStream,
    terminal: &mut Terminal<impl Write>,
    mut lines_allowed: Option<u64>,
) -> Result<End, ConnectError> {
    let (input, mut output) = stream.split();
    let mut heard = LineReader::new(input);
    let mut has_more_to_say = true;
    loop {
        let may_type = has_more_to_say && lines_allowed != Some(0);
        let answer = tokio::select! {
            line = heard.next() => match line.map_err(ConnectError::Broken)? {
                Some(Ok(line)) => {
                    terminal.print(line.as_bytes())?;
                    lines_allowed = lines_allowed.map(|lines| lines + 1);
                    continue;
                }
                Some(Err(error)) => {
                    let answer = format!("ERR {error}\n").into_bytes();
                    if error == LineError::TooLong {
                        output.write_all(&answer).await.map_err(ConnectError::Broken)?;
                        break;
                    }
                    answer
                }
                None => break,
            },
            typed = terminal.read_line(), if may_type => match typed? {
                Some(line) => {
                    lines_allowed = lines_allowed.map(|lines| lines - 1);
                    [&line[..], b"\n"].concat()
                }
                None => {
                    has_more_to_say = false;
                    output.shutdown().await.map_err(ConnectError::Broken)?;
                    continue;
                }
            },
        };
        if has_more_to_say {
            output
                .write_all(&answer)
                .await
                .map_err(ConnectError::Broken)?;
        }
    }
    close(stream).await;
    Ok(match has_more_to_say {
        true => End::Left,
        false => End::Over,
    })
}
