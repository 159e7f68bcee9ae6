//! `web`, and the mistakes in reading requests and writing responses.

use std::net::TcpStream;
use std::sync::{Arc, Mutex, PoisonError};

use sockspec_kit::Root;

use crate::connection::{Connection, Stop};
use crate::life::{Life, stand_still};
use crate::mistake::Mistake;
use crate::tree::{Found, Tree, percent_decoded};

/// Longest target of a request, in bytes.
const MAX_TARGET_BYTES: usize = 65_534;

/// Longest head of a request, in bytes.
const MAX_HEAD_BYTES: usize = 400 * 1024;

/// A server without a clock may send none (RFC 9110 §6.6.1); one whose clock stands still sends this.
const DATE: &str = "date: Thu, 01 Jan 1970 00:00:00 GMT\r\n";

/// The server.
pub(crate) fn server(
    mistake: Option<Mistake>,
    root: &Root,
) -> impl Fn(TcpStream, &Life) -> Result<(), Stop> + Send + Sync + 'static {
    let tree = Tree::new(root.path(), mistake);
    let shared = Arc::new(Mutex::new(Vec::new()));
    move |stream, life| {
        let received = match mistake {
            Some(Mistake::SharedBuffer) => shared.clone(),
            _ => Arc::default(),
        };
        Session {
            connection: Connection::new(stream, mistake, life),
            mistake,
            tree: &tree,
            received,
        }
        .run()
    }
}

struct Session<'a> {
    connection: Connection<'a>,
    mistake: Option<Mistake>,
    tree: &'a Tree,
    /// What was received and is no whole request yet.
    received: Arc<Mutex<Vec<u8>>>,
}

/// What a client asks for.
struct Request {
    method: String,
    target: String,
    version: String,
    wants_close: bool,
}

/// What it is told.
struct Response {
    status: &'static str,
    kind: Option<&'static str>,
    body: Vec<u8>,
}

/// A request, or the status that says what is wrong with it.
type Parsed = Result<Request, &'static str>;

impl Session<'_> {
    fn run(mut self) -> Result<(), Stop> {
        while let Some(chunk) = self.connection.receive()? {
            for request in self.feed(&chunk)? {
                if !self.answer(request)? {
                    // An RST instead of the client's FIN changes nothing any more.
                    let _ = self.connection.close();
                    return Ok(());
                }
                if self.mistake == Some(Mistake::IgnoresNextRequest) {
                    stand_still()
                }
            }
        }
        Ok(self.connection.end()?)
    }

    /// The requests that `chunk`, what one recv returned, completes.
    fn feed(&self, chunk: &[u8]) -> Result<Vec<Parsed>, Stop> {
        if self.mistake == Some(Mistake::OneRecvOneMessage) {
            return Ok(vec![self.parse(chunk)?]);
        }
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        received.extend_from_slice(chunk);
        let mut requests = Vec::new();
        while let Some(length) = received.windows(4).position(|end| end == b"\r\n\r\n") {
            let head: Vec<u8> = received.drain(..length + 4).collect();
            requests.push(self.parse(&head)?);
        }
        if received.len() > MAX_HEAD_BYTES {
            requests.push(Err("431 Request Header Fields Too Large"));
        }
        Ok(requests)
    }

    fn parse(&self, head: &[u8]) -> Result<Parsed, Stop> {
        let text = String::from_utf8_lossy(head);
        let mut lines = text.split("\r\n");
        let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
        let &[method, target, version] = &words[..] else {
            return match self.mistake {
                Some(Mistake::BadRequestKills) => Err(Stop::Server("a request has no target")),
                Some(Mistake::ClosesOnBadRequest) => Err(Stop::Leave),
                _ => Ok(Err("400 Bad Request")),
            };
        };
        let refuses_old = self.mistake == Some(Mistake::RefusesOldVersion);
        let known = version == "HTTP/1.1" || (version == "HTTP/1.0" && !refuses_old);
        let is_target = target.starts_with('/');
        if target.len() > MAX_TARGET_BYTES {
            return match self.mistake {
                Some(Mistake::UnboundedLine) => Err(Stop::Server("a line overflowed its buffer")),
                _ => Ok(Err("414 URI Too Long")),
            };
        }
        let mut headers = lines.map_while(|line| line.split_once(':'));
        if self.mistake == Some(Mistake::WantsHostFirst) {
            let first = headers.next().map(|(name, _)| name.to_ascii_lowercase());
            if first.is_some_and(|name| name != "host") {
                return Ok(Err("400 Bad Request"));
            }
        }
        let asks_to_close = headers.any(|(name, value)| match self.mistake {
            Some(Mistake::CaseSensitiveHeaders) => name == "Connection" && value == " close",
            _ => {
                name.eq_ignore_ascii_case("connection")
                    && value.trim().eq_ignore_ascii_case("close")
            }
        });
        Ok(match known && is_target {
            true => Ok(Request {
                method: method.to_owned(),
                target: target.to_owned(),
                version: version.to_owned(),
                wants_close: asks_to_close || version == "HTTP/1.0",
            }),
            false => Err("400 Bad Request"),
        })
    }

    /// Answers one request. Whether the connection goes on.
    fn answer(&mut self, request: Parsed) -> Result<bool, Stop> {
        let request = match request {
            Ok(request) => request,
            Err(status) => {
                let head = format!(
                    "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 0\r\n{DATE}\r\n"
                );
                self.connection.send(head.as_bytes())?;
                return Ok(false);
            }
        };
        let response = self.response(&request)?;
        let mut head = format!("{} {}\r\n", request.version, response.status);
        if let Some(kind) = response.kind {
            head += &format!("content-type: {kind}\r\n");
        }
        let mut closes = request.wants_close;
        if self.mistake == Some(Mistake::NoContentLength) {
            closes = true;
        } else {
            head += &format!("content-length: {}\r\n", self.tree.size(&response.body));
        }
        if response.status.starts_with("405") && self.mistake != Some(Mistake::RefusesWithoutAllow)
        {
            head += "allow: GET, HEAD\r\n";
        }
        if closes && request.version == "HTTP/1.1" {
            head += "connection: close\r\n";
        }
        head += DATE;
        if self.mistake != Some(Mistake::NoEmptyLine) {
            head += "\r\n";
        }
        let mut bytes = head.into_bytes();
        if request.method != "HEAD" || self.mistake == Some(Mistake::SendsBodyAfterHead) {
            bytes.extend(response.body);
        }
        self.connection.send(&bytes)?;
        Ok(!closes || self.mistake == Some(Mistake::DoesNotClose))
    }

    fn response(&self, request: &Request) -> Result<Response, Stop> {
        let is_known = matches!(request.method.as_str(), "GET" | "HEAD");
        if !is_known && self.mistake != Some(Mistake::ServesAnyMethod) {
            return Ok(words("405 Method Not Allowed"));
        }
        let target = match self.mistake {
            // The tree decodes it after its check.
            Some(Mistake::DecodesAfterCheck) => request.target.clone(),
            _ => percent_decoded(&request.target),
        };
        let mut path = target.strip_prefix('/').unwrap_or(&target).to_owned();
        if path.is_empty() && self.mistake == Some(Mistake::NoIndex) {
            return Ok(words("404 Not Found"));
        }
        if path.is_empty() || path.ends_with('/') {
            path += "index.html";
        }
        match self.tree.find(&path) {
            Found::File(body) => Ok(Response {
                status: "200 OK",
                kind: self.media_type(&path),
                body,
            }),
            Found::Missing if self.mistake == Some(Mistake::PageForMissing) => Ok(words("200 OK")),
            Found::Missing => Ok(words("404 Not Found")),
            Found::Outside => Ok(words("403 Forbidden")),
            Found::Death(reason) => Err(Stop::Server(reason)),
        }
    }

    fn media_type(&self, path: &str) -> Option<&'static str> {
        match (self.mistake, path.rsplit_once('.').map(|(_, end)| end)) {
            (Some(Mistake::NoContentType), _) => None,
            (Some(Mistake::CallsAllPlain), _) | (_, Some("txt")) => {
                Some("text/plain; charset=utf-8")
            }
            (_, Some("html")) => Some("text/html; charset=utf-8"),
            _ => Some("application/octet-stream"),
        }
    }
}

/// A response that only says what its status means.
fn words(status: &'static str) -> Response {
    let reason = status.split_once(' ').map_or("", |(_, reason)| reason);
    Response {
        status,
        kind: Some("text/plain; charset=utf-8"),
        body: format!("{reason}\n").into_bytes(),
    }
}
