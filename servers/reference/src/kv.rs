//! `kv`: values for keys.
//!
//! Task: the server holds a table of keys and values; clients, many at once, send keys one after
//! the other and get the values, until they say that they have finished.
//! Wire: lines of UTF-8. A request is a key, outer white space dropped. A known one is answered
//! `OK <value>`, an unknown one `ERR unknown key`; `FIN` is answered `BYE`, then the server
//! closes.
//! Source: course sheet 000, exercises 3 and 4.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use clap::Parser;
use sockspec_kit::{LineReader, close};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{ConnectError, StreamClient, Terminal};

/// Keys and their values.
pub(crate) type Data = HashMap<String, String>;

/// Options of the server.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
pub(crate) struct Options {
    /// File of lines `key TAB value`; without it the server knows fa, mi and li
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
}

impl Options {
    /// The table that they ask for; or what is wrong with the file.
    pub(crate) fn data(&self) -> Result<Arc<Data>, String> {
        let text = match &self.data {
            Some(path) => fs::read_to_string(path)
                .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?,
            None => "fa\tsill\nmi\tlion\nli\tnez\n".to_owned(),
        };
        parse(&text).map(Arc::new)
    }
}

/// Answers each key, until `FIN` or the client's FIN.
pub(crate) async fn serve_client(stream: TcpStream, data: Arc<Data>) -> io::Result<()> {
    let find = |key: String| {
        std::future::ready(match data.get(&key) {
            Some(value) => format!("OK {value}"),
            None => "ERR unknown key".to_owned(),
        })
    };
    serve(stream, find).await
}

/// Answers each request with what `find` says to it.
pub(crate) async fn serve<F: Future<Output = String>>(
    mut stream: TcpStream,
    find: impl Fn(String) -> F,
) -> io::Result<()> {
    let (input, mut output) = stream.split();
    let mut requests = LineReader::new(input);
    while let Some(request) = requests.next().await? {
        let answer = match request.as_ref().map(|request| request.trim()) {
            Ok("FIN") => {
                output.write_all(b"BYE\n").await?;
                break;
            }
            Ok(key) => find(key.to_owned()).await,
            Err(error) => format!("ERR {error}"),
        };
        output.write_all(format!("{answer}\n").as_bytes()).await?;
    }
    close(stream).await;
    Ok(())
}

fn parse(text: &str) -> Result<Data, String> {
    let pairs = text.lines().enumerate().map(|(index, line)| {
        let (key, value) = line
            .split_once('\t')
            .ok_or_else(|| format!("line {}: expected `key TAB value`: `{line}`", index + 1))?;
        Ok((key.trim().to_owned(), value.to_owned()))
    });
    pairs.collect()
}

/// The client: each line typed is a key. After `FIN` the server may close with or without a word.
pub(crate) async fn connect(
    address: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    let mut server = StreamClient::open(address).await?;
    while let Some(key) = terminal.read_line().await? {
        let finishes = key.trim_ascii() == b"FIN";
        match server.ask(&key).await {
            Ok(answer) => terminal.print(&answer)?,
            Err(ConnectError::ClosedEarly) if finishes => {}
            Err(error) => return Err(error),
        }
        if finishes {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_are_lines_of_key_tab_value() {
        let data = parse("fa\tsill\nété\tdeux mots\n").unwrap();
        assert_eq!(data["été"], "deux mots");
        assert_eq!(data.len(), 2);
    }

    #[test]
    fn a_line_without_tab_is_named() {
        let error = parse("fa\tsill\nmi lion\n").unwrap_err();
        assert_eq!(error, "line 2: expected `key TAB value`: `mi lion`");
    }
}
