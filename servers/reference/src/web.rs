//! `web`: files over HTTP.
//!
//! Task: the server has a tree of files; browsers, many at once, ask for them.
//! Wire: HTTP/1.1 (RFC 9110, RFC 9112), of which hyper reads and writes the messages: what is no
//! HTTP it answers 400 by itself. GET and HEAD of a file are answered 200 with its `Content-Length` and
//! `Content-Type`, HEAD without the bytes; `/` is `index.html`. What is not there is answered 404,
//! what leaves the tree 403, another method 405 with what is allowed.
//! Source: course sheets 000, exercise 3, and 002 (HEAD).

use std::convert::Infallible;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http_body_util::Either;
use http_body_util::Full;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use percent_encoding::percent_decode_str;
use sockspec_kit::Root;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpStream;

use crate::client::{ConnectError, StreamClient, Terminal};
use crate::tree::{self, Found, Refusal};

/// Bytes of a file that are in memory at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// Answers requests, until the client or a request ends the connection.
pub(crate) async fn serve_client(stream: TcpStream, root: Arc<Root>) -> io::Result<()> {
    let service = service_fn(move |request| {
        let root = root.clone();
        async move { Ok::<_, Infallible>(answer(&root, &request).await) }
    });
    let connection = http1::Builder::new()
        .half_close(true)
        .serve_connection(TokioIo::new(stream), service);
    connection.await.map_err(io::Error::other)
}

/// What is sent behind the head: a file, or a few words.
type Content = Either<Pieces, Full<Bytes>>;

async fn answer(root: &Root, request: &Request<Incoming>) -> Response<Content> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = words(StatusCode::METHOD_NOT_ALLOWED);
        let allowed = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(ALLOW, allowed);
        return response;
    }
    let Some(path) = path(request.uri().path()) else {
        return words(StatusCode::BAD_REQUEST);
    };
    match tree::open(root.path(), &path).await {
        Ok(found) => {
            let size = found.size;
            let pieces = Either::Left(Pieces::new(found));
            response(StatusCode::OK, media_type(&path), size, pieces)
        }
        Err(Refusal::NotFound) => words(StatusCode::NOT_FOUND),
        Err(Refusal::Forbidden) => words(StatusCode::FORBIDDEN),
    }
}

/// The head is the same whether what is behind it is sent or not: HEAD is GET without the body.
fn response(
    status: StatusCode,
    kind: &'static str,
    size: u64,
    content: Content,
) -> Response<Content> {
    let mut response = Response::new(content);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_LENGTH, size.into());
    response
}

/// The path below the root that a target names; `None` when it is no text.
///
/// It is decoded before anyone looks for `..` in it: `%2e%2e` is `..`.
fn path(target: &str) -> Option<String> {
    let decoded = percent_decode_str(target).decode_utf8().ok()?;
    let path = decoded.strip_prefix('/').unwrap_or(&decoded);
    let index = if path.is_empty() || path.ends_with('/') {
        "index.html"
    } else {
        ""
    };
    Some(format!("{path}{index}"))
}

/// What a browser is told that a file is, by the end of its name.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" | "htm" => "text/html; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// A response that only says what its status means.
fn words(status: StatusCode) -> Response<Content> {
    let text = format!("{}\n", status.canonical_reason().unwrap_or_default());
    let size = text.len() as u64;
    let content = Either::Right(Full::from(text));
    response(status, "text/plain; charset=utf-8", size, content)
}

/// A file, sent piece by piece. Its size goes ahead of it, as `Content-Length`.
struct Pieces {
    file: File,
    left: u64,
}

impl Pieces {
    fn new(Found { file, size }: Found) -> Self {
        Self { file, left: size }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let mut piece = vec![0; PIECE_BYTES.min(usize::try_from(self.left).unwrap_or(PIECE_BYTES))];
        let mut buffer = ReadBuf::new(&mut piece);
        ready!(Pin::new(&mut self.file).poll_read(context, &mut buffer))?;
        let length = buffer.filled().len();
        if length == 0 {
            // It has shrunk: the client must see that bytes are missing.
            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
        }
        piece.truncate(length);
        self.left -= length as u64;
        Poll::Ready(Some(Ok(Frame::data(piece.into()))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// The client of sheet 002: asks what `/` is, and shows the answer line by line.
pub(crate) async fn connect(
    address: &str,
    terminal: &mut Terminal<impl Write>,
) -> Result<(), ConnectError> {
    let mut server = StreamClient::open(address).await?;
    let request = format!("HEAD / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    server.send(request.as_bytes()).await?;
    let head = server.read_to_close().await?;
    if head.is_empty() {
        return Err(ConnectError::ClosedEarly);
    }
    for line in head
        .strip_suffix(b"\n")
        .unwrap_or(&head)
        .split(|byte| *byte == b'\n')
    {
        terminal.print(line.strip_suffix(b"\r").unwrap_or(line))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_decoded_before_it_is_looked_at() {
        assert_eq!(path("/a%20b.txt").as_deref(), Some("a b.txt"));
        assert_eq!(path("/%2e%2e/x").as_deref(), Some("../x"));
        assert_eq!(path("/").as_deref(), Some("index.html"));
        assert_eq!(path("/folder/").as_deref(), Some("folder/index.html"));
        assert_eq!(path("//etc/passwd").as_deref(), Some("/etc/passwd"));
        assert_eq!(path("/%ff"), None);
    }

    #[test]
    fn media_types_go_by_the_end_of_the_name() {
        assert_eq!(media_type("a/b.html"), "text/html; charset=utf-8");
        assert_eq!(media_type("bytes.bin"), "application/octet-stream");
        assert_eq!(media_type("html"), "application/octet-stream");
    }
}
