//! `kv-peer`: values for keys, of which other servers hold some.
//!
//! Task: as `kv`; a server that lacks a key asks its peer for it, which may ask its own, and so on. There is a limit
//! to how many servers one request reaches, and no request goes round in a ring.
//! Wire: as `kv`. Between servers, `PEER <hops> <path> <key>`: how many more times the request may be passed on, and
//! the comma-separated ids (`host:port`) of the servers that passed it on. Answers are those of `kv`; a server that is
//! in the path answers `ERR cycle`, and one whose peer is not there, or silent for 2 s, `ERR peer unreachable`.
//! Source: course sheet 000, exercise 5.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use sockspec_kit::LineReader;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::kv::{self, Data};

/// How many times a client's request may be passed on.
const HOPS: u32 = 3;
/// How long a peer may keep silent.
const PATIENCE: Duration = Duration::from_secs(2);
/// What is said of a key that nobody holds.
const UNKNOWN: &str = "ERR unknown key";

/// Options of the server.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
#[group(skip)]
pub(crate) struct Options {
    #[command(flatten)]
    table: kv::Options,
    /// Server that is asked for keys that this one lacks; empty for none
    #[arg(long, value_name = "HOST:PORT", default_value = "")]
    peer: String,
}

impl Options {
    /// The server's table, and whom it asks; or what is wrong with the file.
    pub(crate) fn store(&self) -> Result<Arc<Store>, String> {
        Ok(Arc::new(Store {
            data: self.table.data()?,
            peer: Some(self.peer.clone()).filter(|peer| !peer.is_empty()),
        }))
    }
}

/// What a server knows.
#[derive(Debug)]
pub(crate) struct Store {
    data: Arc<Data>,
    peer: Option<String>,
}

/// A request, from a client or another server.
#[derive(Debug, PartialEq, Eq)]
struct Request<'t> {
    /// How many more times it may be passed on.
    hops: u32,
    /// The servers that passed it on.
    path: Vec<&'t str>,
    key: &'t str,
}

impl<'t> Request<'t> {
    /// What is no request of a server is a client's: a key.
    fn parse(text: &'t str) -> Self {
        Self::of_server(text).unwrap_or(Request {
            hops: HOPS,
            path: Vec::new(),
            key: text,
        })
    }

    fn of_server(text: &'t str) -> Option<Self> {
        let mut words = text.strip_prefix("PEER ")?.splitn(3, ' ');
        let hops = words.next()?.parse().ok()?;
        let path = words.next()?.split(',').collect();
        let key = words.next()?;
        Some(Request { hops, path, key })
    }
}

/// Answers each request, until `FIN` or the client's FIN.
pub(crate) async fn serve_client(stream: TcpStream, store: Arc<Store>) -> io::Result<()> {
    let own = stream.local_addr()?.to_string();
    let find = |text: String| {
        let (store, own) = (store.clone(), own.clone());
        async move { store.find(&Request::parse(&text), &own).await }
    };
    kv::serve(stream, find).await
}

impl Store {
    async fn find(&self, request: &Request<'_>, own: &str) -> String {
        if request.path.contains(&own) {
            return "ERR cycle".to_owned();
        }
        if let Some(value) = self.data.get(request.key) {
            return format!("OK {value}");
        }
        match &self.peer {
            Some(peer) if request.hops > 0 => {
                let path = [&request.path[..], &[own]].concat().join(",");
                let question = format!("PEER {} {path} {}\n", request.hops - 1, request.key);
                match timeout(PATIENCE, ask(peer, &question)).await {
                    Ok(Ok(Some(answer))) => answer,
                    _ => "ERR peer unreachable".to_owned(),
                }
            }
            _ => UNKNOWN.to_owned(),
        }
    }
}

/// What another server answers; `None` when it closes without a word, or says what is no text.
async fn ask(peer: &str, question: &str) -> io::Result<Option<String>> {
    let mut stream = TcpStream::connect(peer).await?;
    stream.write_all(question.as_bytes()).await?;
    let answer = LineReader::new(&mut stream).next().await?;
    Ok(answer.and_then(Result::ok))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_of_a_server_says_where_it_has_been() {
        let request = Request::parse("PEER 2 127.0.0.1:1,127.0.0.1:2 deux mots");
        assert_eq!(request.hops, 2);
        assert_eq!(request.path, ["127.0.0.1:1", "127.0.0.1:2"]);
        assert_eq!(request.key, "deux mots");
    }

    #[test]
    fn what_is_no_such_request_is_a_key() {
        for text in [
            "fa",
            "PEER",
            "PEER x y",
            "PEER many a:1 fa",
            "PEER -1 a:1 fa",
        ] {
            let Request { hops, path, key } = Request::parse(text);
            assert_eq!((hops, path.len(), key), (HOPS, 0, text));
        }
    }
}
