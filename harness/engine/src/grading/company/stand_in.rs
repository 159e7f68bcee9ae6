//! A server that the harness plays among those that it starts: it knows one answer.
//!
//! Whoever asks something else is told so, and passes that on to the client, where it is seen. No line is read
//! without a bound, and nobody keeps the next one waiting: each has a task of its own.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use sockspec_case::pattern::Row;
use sockspec_spec::model::Played;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// The longest request that is read, in bytes: a key, and the way that it came.
const MAX_REQUEST: u64 = 128 << 10;
/// What whoever asks something else is told, before what was asked.
const OTHER: &[u8] = b"ERR unexpected request: ";
/// How much of that is told, in bytes.
const MAX_TOLD: usize = 256;

/// What is to be said.
#[derive(Debug)]
pub(super) struct Part {
    /// The request, without its line end.
    asked: Vec<u8>,
    /// The answer, with its line end.
    answer: Vec<u8>,
}

impl Part {
    /// The part as a spec has it, where servers are at these addresses.
    pub(super) fn of(played: &Played, addresses: &Row) -> Self {
        let asked = addresses
            .iter()
            .fold(played.asked.clone(), |text, (name, address)| {
                text.replace(&format!("{{{name}}}"), &String::from_utf8_lossy(address))
            });
        Part {
            asked: asked.into_bytes(),
            answer: [played.answer.as_bytes(), b"\n"].concat(),
        }
    }

    fn answer_to(&self, request: &[u8]) -> Vec<u8> {
        let request = request.strip_suffix(b"\n").unwrap_or(request);
        match request == self.asked {
            true => self.answer.clone(),
            false => [OTHER, &request[..request.len().min(MAX_TOLD)], b"\n"].concat(),
        }
    }
}

/// Answers everybody, until it is dropped.
///
/// # Errors
/// The system refuses to wait on the listener.
pub(super) fn serve(
    listener: TcpListener,
    part: Part,
) -> io::Result<impl Future<Output = ()> + Send> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let part = Arc::new(part);
    Ok(async move {
        let mut talks = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            talks.spawn(talk(stream, Arc::clone(&part)));
        }
    })
}

/// Answers each line. Who breaks off is no concern of anybody's.
async fn talk(mut stream: TcpStream, part: Arc<Part>) {
    let (input, mut output) = stream.split();
    let mut input = BufReader::new(input);
    loop {
        let mut line = Vec::new();
        let read = (&mut input)
            .take(MAX_REQUEST)
            .read_until(b'\n', &mut line)
            .await;
        if line.is_empty() || read.is_err() {
            return;
        }
        if output.write_all(&part.answer_to(&line)).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_request_itself_is_answered() {
        let played = Played {
            asked: "PEER 2 {server1} do".to_owned(),
            answer: "OK doigt".to_owned(),
        };
        let addresses = Row::from([("server1".to_owned(), b"127.0.0.1:7".to_vec())]);
        let part = Part::of(&played, &addresses);
        assert_eq!(part.answer_to(b"PEER 2 127.0.0.1:7 do\n"), b"OK doigt\n");
        assert_eq!(
            part.answer_to(b"PEER 3 127.0.0.1:7 do\n"),
            b"ERR unexpected request: PEER 3 127.0.0.1:7 do\n"
        );
    }
}
