//! `bar`: each order is confirmed.
//!
//! Task: the client orders, the server confirms each order in words of its own, until `fin`.
//! Wire: one message is what one `recv` returns, at most 1,024 bytes, with no line end. An order gets
//! `vous m'avez demandé : <order> bien reçu 5 / 5`; after `fin` and its answer the server closes. No
//! stream keeps messages apart, so the client waits for each answer before it sends the next order. The
//! bytes of an order come back as they came: an accent that two segments share is cut, and kills nobody.
//! Source: course sheet 003, §8.

use std::io::{self, Write};

use sockspec_kit::close;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{ConnectError, StreamClient, Terminal};

/// The longest message, in bytes.
const MESSAGE_BYTES: usize = 1024;

/// The order that ends the dialogue.
const LAST: &[u8] = b"fin";

/// Confirms each message, until `fin` or the client's FIN.
pub(crate) async fn serve_client(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; MESSAGE_BYTES];
    loop {
        let length = stream.read(&mut buffer).await?;
        let message = &buffer[..length];
        if message.is_empty() {
            break;
        }
        stream.write_all(&confirmed(message)).await?;
        if without_end(message) == LAST {
            break;
        }
    }
    close(stream).await;
    Ok(())
}

fn confirmed(order: &[u8]) -> Vec<u8> {
    [
        "vous m'avez demandé : ".as_bytes(),
        order,
        " bien reçu 5 / 5".as_bytes(),
    ]
    .concat()
}

/// A message as it was typed: clients that send lines mean the same.
fn without_end(message: &[u8]) -> &[u8] {
    let line = message.strip_suffix(b"\n").unwrap_or(message);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// The client: each line typed is an order, and what one read returns is its answer. An empty order cannot
/// be sent.
pub(crate) async fn connect(
    address: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    let mut server = StreamClient::open(address).await?;
    while let Some(order) = terminal.read_line().await? {
        if order.is_empty() {
            continue;
        }
        server.send(&order).await?;
        let last = order == LAST;
        match server.read_some().await? {
            // The last order may go unanswered.
            answer if answer.is_empty() && !last => return Err(ConnectError::ClosedEarly),
            answer if answer.is_empty() => {}
            answer => terminal.print(&answer)?,
        }
        if last {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_comes_back_as_it_came() {
        let text = "vous m'avez demandé : une bière bien reçu 5 / 5";
        assert_eq!(confirmed("une bière".as_bytes()), text.as_bytes());
        let half = confirmed(b"\xC3");
        assert!(half.windows(4).any(|part| part == b" \xC3 b"), "{half:?}");
    }

    #[test]
    fn a_line_end_is_no_part_of_the_last_order() {
        for last in [&b"fin"[..], b"fin\n", b"fin\r\n"] {
            assert_eq!(without_end(last), LAST);
        }
        assert_ne!(without_end(b"finale"), LAST);
    }
}
