//! `kv` and `kv-peer`, and the mistakes in their answers.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpStream;
use std::sync::Arc;

use sockspec_kit::ServeError;

use crate::connection::Stop;
use crate::life::Life;
use crate::line_server::{self, Answer, Dialogue};
use crate::mistake::Mistake;
use crate::options::Arguments;
use crate::peer::{Asked, Peer, Request};

/// The options: a file of lines `key TAB value`.
pub(crate) const OPTIONS: &[&str] = &["--data"];

/// The options of a server with a peer: also the peer's address, or nothing.
pub(crate) const PEER_OPTIONS: &[&str] = &["--data", "--peer"];

type Table = BTreeMap<String, String>;

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
    arguments: &Arguments,
) -> Result<impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static, ServeError> {
    let table = Arc::new(table(arguments)?);
    let peer = arguments.text("--peer").filter(|peer| !peer.is_empty());
    let peer = peer.map(|address| Arc::new(Peer::new(address.to_owned(), mistake)));
    let asked = peer.clone();
    let serve = line_server::server(mistake, move || Lookup {
        mistake,
        table: table.clone(),
        peer: peer.clone(),
    });
    Ok(move |stream: TcpStream, life: &Life| {
        if let Some(peer) = &asked {
            peer.meet(&stream);
        }
        serve(stream, life)
    })
}

fn table(arguments: &Arguments) -> Result<Table, ServeError> {
    let text = match arguments.text("--data") {
        Some(path) => fs::read_to_string(path)
            .map_err(|error| arguments.usage(format!("cannot read `{path}`: {error}")))?,
        None => "fa\tsill\nmi\tlion\nli\tnez\n".to_owned(),
    };
    let mut table = Table::new();
    for line in text.lines() {
        let Some((key, value)) = line.split_once('\t') else {
            return Err(arguments.usage(format!("expected `key TAB value`, found `{line}`")));
        };
        table.insert(key.trim().to_owned(), value.to_owned());
    }
    Ok(table)
}

struct Lookup {
    mistake: Option<Mistake>,
    table: Arc<Table>,
    peer: Option<Arc<Peer>>,
}

impl Dialogue for Lookup {
    fn answer(&mut self, request: &str) -> Answer {
        let key = match self.mistake {
            Some(Mistake::KeepsCarriageReturn) => request.trim_matches(' '),
            _ => request.trim(),
        };
        if key == "FIN" {
            return Answer::Last("BYE".to_owned());
        }
        let _locked = self.peer.as_deref().and_then(Peer::lock);
        let request = Request::parse(key);
        if self.peer.as_ref().is_some_and(|peer| peer.is_in(&request)) {
            return match self.mistake {
                Some(Mistake::CycleKills) => Answer::Death("a request has come back"),
                _ => Answer::Line("ERR cycle".to_owned()),
            };
        }
        match (self.find(request.key), &self.peer) {
            (Some(value), _) => Answer::Line(format!("OK {value}")),
            (None, Some(peer)) => match peer.ask(&request) {
                Asked::Answer(answer) => Answer::Line(answer),
                Asked::Nobody => Answer::Line("ERR unknown key".to_owned()),
                Asked::Unreachable => match self.mistake {
                    Some(Mistake::DeadPeerClosesClient) => Answer::Leave,
                    _ => Answer::Line("ERR peer unreachable".to_owned()),
                },
            },
            (None, None) if self.mistake == Some(Mistake::UnknownKeyKills) => {
                Answer::Death("a key is in no table")
            }
            // What `%n` writes to is an address that nobody gave.
            (None, None) if self.mistake == Some(Mistake::FormatString) && key.contains("%n") => {
                Answer::Death("a key was taken for a format")
            }
            (None, None) => Answer::Line("ERR unknown key".to_owned()),
        }
    }
}

impl Lookup {
    fn find(&self, key: &str) -> Option<&String> {
        match self.mistake {
            Some(Mistake::WrongValue) => self
                .table
                .values()
                .next()
                .filter(|_| self.table.contains_key(key)),
            Some(Mistake::MatchesPrefix) => {
                let mut pairs = self.table.iter();
                pairs
                    .find(|(known, _)| key.starts_with(known.as_str()))
                    .map(|(_, value)| value)
            }
            _ => self.table.get(key),
        }
    }
}
