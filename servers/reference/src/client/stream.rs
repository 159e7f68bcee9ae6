//! A client over TCP: one line there, one line back.

use std::io::Write;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpStream, lookup_host};

use super::{ConnectError, Terminal};

/// Longest answer kept, in bytes; a server that sends on without an LF must not fill the memory.
const MAX_ANSWER_BYTES: u64 = 16 * 1024 * 1024;

/// A connection to a server that speaks in lines.
pub(crate) struct StreamClient {
    input: BufReader<OwnedReadHalf>,
    output: OwnedWriteHalf,
}

impl StreamClient {
    /// Connects to `address`, `host:port`.
    pub(crate) async fn open(address: &str) -> Result<Self, ConnectError> {
        let (input, output) = open(address).await?.into_split();
        Ok(Self {
            input: BufReader::new(input),
            output,
        })
    }

    /// Sends each line typed and prints its answer, until the user has finished.
    pub(crate) async fn talk(
        &mut self,
        terminal: &mut Terminal<impl Write>,
    ) -> Result<(), ConnectError> {
        while let Some(request) = terminal.read_line().await? {
            let answer = self.ask(&request).await?;
            terminal.print(&answer)?;
        }
        Ok(())
    }

    /// Sends `request` as a line, and gives the line that answers it, without its end.
    ///
    /// It reads while it still sends: a server that answers while a long request is on its way
    /// would else wait for us to read, and we for it.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<Vec<u8>, ConnectError> {
        let line = [request, b"\n"].concat();
        let Self { input, output } = self;
        let send = async { output.write_all(&line).await.map_err(ConnectError::Broken) };
        let ((), answer) = tokio::try_join!(send, read_line(input))?;
        Ok(answer)
    }

    /// Sends bytes as they are.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> Result<(), ConnectError> {
        let sent = self.output.write_all(bytes).await;
        sent.map_err(ConnectError::Broken)
    }

    /// Sends `line` as a line that is not answered.
    pub(crate) async fn tell(&mut self, line: &[u8]) -> Result<(), ConnectError> {
        let line = [line, b"\n"].concat();
        self.output
            .write_all(&line)
            .await
            .map_err(ConnectError::Broken)
    }

    /// Waits until the server leaves, and says how. What it sends meanwhile is not looked at.
    pub(crate) async fn lost(&mut self) -> ConnectError {
        let mut sink = [0; 4096];
        loop {
            match self.input.read(&mut sink).await {
                Ok(0) => return ConnectError::ClosedEarly,
                Ok(_) => {}
                Err(error) => return ConnectError::Broken(error),
            }
        }
    }

    /// Ends our direction: all that was sent is on its way.
    pub(crate) async fn finish(&mut self) -> Result<(), ConnectError> {
        self.output.shutdown().await.map_err(ConnectError::Broken)
    }

    /// What one read returns; nothing when the server has closed.
    pub(crate) async fn read_some(&mut self) -> Result<Vec<u8>, ConnectError> {
        let some = self
            .input
            .fill_buf()
            .await
            .map_err(ConnectError::Broken)?
            .to_vec();
        self.input.consume(some.len());
        Ok(some)
    }

    /// The next line from the server, without its end.
    pub(crate) async fn read_line(&mut self) -> Result<Vec<u8>, ConnectError> {
        read_line(&mut self.input).await
    }

    /// The next `length` bytes from the server.
    pub(crate) async fn read_bytes(&mut self, length: u64) -> Result<Vec<u8>, ConnectError> {
        if length > MAX_ANSWER_BYTES {
            return Err(ConnectError::AnswerTooLong {
                limit: MAX_ANSWER_BYTES,
            });
        }
        let mut bytes = Vec::new();
        let mut input = (&mut self.input).take(length);
        input
            .read_to_end(&mut bytes)
            .await
            .map_err(ConnectError::Broken)?;
        match input.limit() {
            0 => Ok(bytes),
            _ => Err(ConnectError::ClosedEarly),
        }
    }

    /// All that the server sends until it closes.
    pub(crate) async fn read_to_close(&mut self) -> Result<Vec<u8>, ConnectError> {
        let mut text = Vec::new();
        let mut input = (&mut self.input).take(MAX_ANSWER_BYTES);
        input
            .read_to_end(&mut text)
            .await
            .map_err(ConnectError::Broken)?;
        if input.limit() == 0 {
            return Err(ConnectError::AnswerTooLong {
                limit: MAX_ANSWER_BYTES,
            });
        }
        Ok(text)
    }
}

/// A connection to `address`, `host:port`.
pub(crate) async fn open(address: &str) -> Result<TcpStream, ConnectError> {
    let resolved = lookup_host(address)
        .await
        .map_err(|source| ConnectError::Address {
            address: address.to_owned(),
            source,
        })?;
    let resolved: Vec<_> = resolved.collect();
    let stream = TcpStream::connect(resolved.as_slice())
        .await
        .map_err(|source| ConnectError::Unreachable {
            address: address.to_owned(),
            source,
        })?;
    let _ = stream.set_nodelay(true);
    Ok(stream)
}

async fn read_line(input: &mut BufReader<OwnedReadHalf>) -> Result<Vec<u8>, ConnectError> {
    let mut line = Vec::new();
    let mut input = input.take(MAX_ANSWER_BYTES);
    input
        .read_until(b'\n', &mut line)
        .await
        .map_err(ConnectError::Broken)?;
    if line.pop_if(|&mut last| last == b'\n').is_some() {
        line.pop_if(|&mut last| last == b'\r');
        return Ok(line);
    }
    Err(match input.limit() {
        0 => ConnectError::AnswerTooLong {
            limit: MAX_ANSWER_BYTES,
        },
        _ => ConnectError::ClosedEarly,
    })
}
