//! A server that another one asks, and the mistakes in asking it.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use crate::mistake::Mistake;

/// How many times a client's request may be passed on.
const HOPS: u32 = 3;
/// How long a peer may keep silent.
const PATIENCE: Duration = Duration::from_secs(2);

/// A request, from a client or another server.
pub(crate) struct Request<'t> {
    hops: u32,
    path: Vec<&'t str>,
    /// What is looked for.
    pub(crate) key: &'t str,
}

impl<'t> Request<'t> {
    /// What is no request of a server is a client's: a key.
    pub(crate) fn parse(text: &'t str) -> Self {
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

/// What came of asking.
pub(crate) enum Asked {
    /// This answer.
    Answer(String),
    /// The request may not be passed on.
    Nobody,
    /// The peer is not there, or says nothing.
    Unreachable,
}

/// The server that is asked for what this one lacks.
pub(crate) struct Peer {
    address: String,
    mistake: Option<Mistake>,
    /// What this server is called in a path: where its clients come.
    own: OnceLock<String>,
    table_lock: Mutex<()>,
}

impl Peer {
    pub(crate) fn new(address: String, mistake: Option<Mistake>) -> Self {
        Peer {
            address,
            mistake,
            own: OnceLock::new(),
            table_lock: Mutex::new(()),
        }
    }

    /// Learns from a connection what this server is called.
    pub(crate) fn meet(&self, client: &TcpStream) {
        if let Ok(own) = client.local_addr() {
            self.own.get_or_init(|| own.to_string());
        }
    }

    fn own(&self) -> &str {
        self.own.get().map_or("", String::as_str)
    }

    /// The lock that is held until a request has been answered, where that is the mistake.
    pub(crate) fn lock(&self) -> Option<MutexGuard<'_, ()>> {
        let locks = self.mistake == Some(Mistake::LocksWhileAsking);
        let lock = || self.table_lock.lock();
        locks.then(|| lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether a request has been here before.
    pub(crate) fn is_in(&self, request: &Request<'_>) -> bool {
        self.mistake != Some(Mistake::IgnoresPath) && request.path.contains(&self.own())
    }

    /// Passes a request on.
    pub(crate) fn ask(&self, request: &Request<'_>) -> Asked {
        let least = match self.mistake {
            Some(Mistake::StopsOneEarly) => 2,
            Some(Mistake::NoHopLimit) => 0,
            _ => 1,
        };
        let relays = request.path.is_empty() || self.mistake != Some(Mistake::RelaysNothing);
        if request.hops < least || !relays || self.mistake == Some(Mistake::AsksNobody) {
            return Asked::Nobody;
        }
        let path = match self.mistake {
            Some(Mistake::LeavesItselfOut) => request.path.join(","),
            _ => [&request.path[..], &[self.own()]].concat().join(","),
        };
        let hops = match self.mistake {
            Some(Mistake::KeepsHopCount) => request.hops,
            _ => request.hops.saturating_sub(1),
        };
        match self.answer(&format!("PEER {hops} {path} {}\n", request.key)) {
            Ok(answer) if !answer.is_empty() => Asked::Answer(answer.trim_end().to_owned()),
            _ => Asked::Unreachable,
        }
    }

    fn answer(&self, question: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        let waits = self.mistake == Some(Mistake::WaitsForPeer);
        stream.set_read_timeout((!waits).then_some(PATIENCE))?;
        stream.write_all(question.as_bytes())?;
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer)?;
        Ok(answer)
    }
}
