//! `files`: files on demand.
//!
//! Task: the server has a tree of files; clients, many at once, ask for files by their path and get
//! their bytes, until they say that they have finished.
//! Wire: lines of UTF-8, and counted bytes. `GET <path>` is answered `OK <size>`, then exactly that
//! many bytes: nobody looks for an end in them, since they may be anything. A file that is not there
//! is answered `ERR not found`, as is a folder; a path that leaves the tree `ERR forbidden`. Paths are
//! plain: `%2e%2e` is a name like any other. `FIN` is answered `BYE`, then the server closes;
//! anything else `ERR unknown command`.
//! Source: course sheet 000, exercise 3.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use sockspec_kit::{LineReader, Root, close};
use tokio::io::{AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, copy_buf};
use tokio::net::TcpStream;

use crate::client::{ConnectError, StreamClient, Terminal};
use crate::tree::{self, Found};

/// Bytes of a file that are in memory at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// Options of the server.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
pub(crate) struct Options {
    /// Folder to serve; without it the server serves a tree of its own
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

impl Options {
    /// The root that they ask for; or what is wrong with it.
    pub(crate) fn root(&self) -> Result<Arc<Root>, String> {
        let root = Root::open(self.root.as_deref());
        root.map(Arc::new).map_err(|error| match &self.root {
            Some(path) => format!("cannot serve `{}`: {error}", path.display()),
            None => format!("cannot write the tree to a temporary folder: {error}"),
        })
    }
}

/// Answers each line, until `FIN` or the client's FIN.
pub(crate) async fn serve_client(mut stream: TcpStream, root: Arc<Root>) -> io::Result<()> {
    let (input, mut output) = stream.split();
    let mut requests = LineReader::new(input);
    while let Some(request) = requests.next().await? {
        let answer = match request {
            Ok(request) if request == "FIN" => {
                output.write_all(b"BYE\n").await?;
                break;
            }
            Ok(request) => match request.strip_prefix("GET ") {
                Some(path) => match tree::open(root.path(), path).await {
                    Ok(found) => {
                        send(&mut output, found).await?;
                        continue;
                    }
                    Err(refusal) => format!("ERR {refusal}\n"),
                },
                None => "ERR unknown command\n".to_owned(),
            },
            Err(error) => format!("ERR {error}\n"),
        };
        output.write_all(answer.as_bytes()).await?;
    }
    close(stream).await;
    Ok(())
}

/// Sends a file, its size before it. A file that shrinks meanwhile ends the connection: the client
/// must not take what follows for the rest.
async fn send(output: &mut (impl AsyncWrite + Unpin), found: Found) -> io::Result<()> {
    let Found { file, size } = found;
    output.write_all(format!("OK {size}\n").as_bytes()).await?;
    let mut bytes = BufReader::with_capacity(PIECE_BYTES, file.take(size));
    match copy_buf(&mut bytes, output).await? {
        sent if sent == size => Ok(()),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// The client: each line typed is a request. The bytes of a file are shown as they came.
pub(crate) async fn connect(
    address: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    let mut server = StreamClient::open(address).await?;
    while let Some(request) = terminal.read_line().await? {
        let finishes = request == b"FIN";
        match server.ask(&request).await {
            Ok(answer) => {
                terminal.print(&answer)?;
                if let Some(size) = announced(&answer) {
                    let bytes = server.read_bytes(size).await?;
                    terminal.print(bytes.strip_suffix(b"\n").unwrap_or(&bytes))?;
                }
            }
            Err(ConnectError::ClosedEarly) if finishes => {}
            Err(error) => return Err(error),
        }
        if finishes {
            break;
        }
    }
    Ok(())
}

/// How many bytes follow an answer.
fn announced(answer: &[u8]) -> Option<u64> {
    let size = answer.strip_prefix(b"OK ")?;
    str::from_utf8(size).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_ok_announces_bytes() {
        assert_eq!(announced(b"OK 256"), Some(256));
        assert_eq!(announced(b"OK 0"), Some(0));
        assert_eq!(announced(b"OK"), None);
        assert_eq!(announced(b"ERR not found"), None);
    }
}
