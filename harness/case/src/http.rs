//! One HTTP/1.1 response at the start of a stream (RFC 9112), read as a lenient client reads it.
//!
//! What the standard leaves open is no mistake: the order and the case of header names, how the end of
//! the body is told, whether the connection stays. What a client cannot read is one.

use std::ops::Range;

use crate::unit::Ended;

/// Longest head that is looked for the end of, in bytes.
const MAX_HEAD_BYTES: usize = 64 << 10;

/// What was asked for: it says what may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A response.
    Response,
    /// The response to HEAD, which has no body whatever its header says.
    Head,
    /// A response, or the end of the connection instead.
    ResponseOrEnd,
    /// A response, or any text up to the end of the connection: before HTTP/1.0 there were no headers.
    ResponseOrText,
}

/// A whole response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code; 0 where a text without header came.
    pub status: u16,
    /// The minor version: 0 or 1.
    pub minor: u8,
    /// Header names in small letters, and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body, without its transfer coding.
    pub body: Vec<u8>,
    /// How the end of the body was told.
    pub end: BodyEnd,
    /// Whether all lines of the head end with CR LF.
    pub crlf: bool,
    /// How many bytes of the stream it takes.
    pub consumed: usize,
}

/// How the end of a body is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyEnd {
    /// There is no body.
    None,
    /// `Content-Length`.
    Length,
    /// `Transfer-Encoding: chunked`.
    Chunked,
    /// The end of the connection.
    Close,
}

/// What a client cannot read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It does not begin with `HTTP/1.1 200 OK` or the like.
    StatusLine,
    /// A line of the header is not `Name: value`.
    Header,
    /// The header does not end: no empty line.
    EndOfHeader,
    /// `Content-Length` is not a number, or two numbers.
    Length,
    /// The connection ended before as many bytes as announced had come.
    ShortBody,
    /// A chunk is not as long as it says.
    Chunk,
    /// Nothing tells where the body ends.
    EndOfBody,
}

impl Unreadable {
    /// The slug, as in `finding-http-SLUG`.
    pub fn as_str(self) -> &'static str {
        match self {
            Unreadable::StatusLine => "status-line",
            Unreadable::Header => "header",
            Unreadable::EndOfHeader => "end-of-header",
            Unreadable::Length => "length",
            Unreadable::ShortBody => "short-body",
            Unreadable::Chunk => "chunk",
            Unreadable::EndOfBody => "end-of-body",
        }
    }
}

/// How a response stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// More must come.
    More,
    /// Nothing came, and nothing will.
    Nothing,
    /// A whole one.
    Whole(Response),
    /// None that a client can read.
    Wrong(Unreadable),
}

impl Response {
    /// The values of a header, joined by commas (RFC 9110 §5.3); `None` when it is not there.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = (self.headers.iter())
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// Whether the reference server would have written it so.
    pub fn is_canonical(&self) -> bool {
        self.crlf && matches!(self.end, BodyEnd::None | BodyEnd::Length)
    }
}

/// Reads the response at the start of `stream`.
pub fn read(stream: &[u8], ended: Option<Ended>, asked: Asked) -> Reading {
    if stream.is_empty() {
        return match ended {
            None => Reading::More,
            Some(Ended::Fin | Ended::Reset) if asked == Asked::ResponseOrEnd => {
                Reading::Whole(text(b""))
            }
            Some(_) => Reading::Nothing,
        };
    }
    if !begins_like(stream, b"HTTP/1.") {
        return match (asked, ended) {
            (Asked::ResponseOrText, None) => Reading::More,
            (Asked::ResponseOrText, Some(Ended::Fin | Ended::Reset)) => {
                Reading::Whole(text(stream))
            }
            _ => Reading::Wrong(Unreadable::StatusLine),
        };
    }
    let Some(head) = head(stream) else {
        return match ended {
            None if stream.len() <= MAX_HEAD_BYTES => Reading::More,
            _ => Reading::Wrong(Unreadable::EndOfHeader),
        };
    };
    match parse_head(&stream[head.lines.clone()]) {
        Err(wrong) => Reading::Wrong(wrong),
        Ok(response) => read_body(response, head.end, stream, ended, asked),
    }
}

/// What has no header: a text before the end of the connection, perhaps none.
fn text(stream: &[u8]) -> Response {
    Response {
        status: 0,
        minor: 0,
        headers: Vec::new(),
        body: stream.to_vec(),
        end: BodyEnd::Close,
        crlf: false,
        consumed: stream.len(),
    }
}

fn begins_like(stream: &[u8], start: &[u8]) -> bool {
    let length = stream.len().min(start.len());
    stream[..length] == start[..length]
}

/// Where the head stands.
struct Head {
    /// Its lines, with the end of the last.
    lines: Range<usize>,
    /// Behind the empty line.
    end: usize,
}

fn head(stream: &[u8]) -> Option<Head> {
    let mut start = 0;
    for line in stream.split_inclusive(|byte| *byte == b'\n') {
        if matches!(line, b"\r\n" | b"\n") {
            return Some(Head {
                lines: 0..start,
                end: start + line.len(),
            });
        }
        start += line.len();
        if start > MAX_HEAD_BYTES {
            break;
        }
    }
    None
}

fn parse_head(head: &[u8]) -> Result<Response, Unreadable> {
    let mut crlf = true;
    let mut lines = head.split_inclusive(|byte| *byte == b'\n').map(|line| {
        crlf &= line.ends_with(b"\r\n");
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line)).into_owned()
    });
    let (minor, status) = lines
        .next()
        .and_then(|line| status_line(&line))
        .ok_or(Unreadable::StatusLine)?;
    let headers = lines
        .map(|line| header_line(&line).ok_or(Unreadable::Header))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Response {
        status,
        minor,
        headers,
        body: Vec::new(),
        end: BodyEnd::None,
        crlf,
        consumed: 0,
    })
}

/// `HTTP/1.1 404 Not Found`; the reason may be left out, and the space before it.
fn status_line(line: &str) -> Option<(u8, u16)> {
    let rest = line.strip_prefix("HTTP/1.")?;
    let (minor, rest) = rest.split_once(' ')?;
    let code = rest.split(' ').next()?;
    let is_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    match minor {
        "0" | "1" if is_code => Some((minor.parse().ok()?, code.parse().ok()?)),
        _ => None,
    }
}

/// `Name: value`; no white space stands before the colon (RFC 9112 §5.1).
fn header_line(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let is_token = |byte: u8| byte.is_ascii_graphic() && !br#"()<>@,;:\"/[]?={}"#.contains(&byte);
    let is_name = !name.is_empty() && name.bytes().all(is_token);
    is_name.then(|| (name.to_ascii_lowercase(), value.trim().to_owned()))
}

fn read_body(
    mut response: Response,
    start: usize,
    stream: &[u8],
    ended: Option<Ended>,
    asked: Asked,
) -> Reading {
    let rest = &stream[start..];
    let has_none = asked == Asked::Head || matches!(response.status, 100..=199 | 204 | 304);
    let coding = response.header("transfer-encoding").unwrap_or_default();
    let taken = if has_none {
        Ok(Some((Vec::new(), 0, BodyEnd::None)))
    } else if coding.to_ascii_lowercase().ends_with("chunked") {
        chunked(rest, ended)
    } else {
        match response.header("content-length") {
            Some(length) => counted(rest, &length, ended),
            None => up_to_close(rest, ended),
        }
    };
    match taken {
        Err(wrong) => Reading::Wrong(wrong),
        Ok(None) => Reading::More,
        Ok(Some((body, length, end))) => {
            response.body = body;
            response.end = end;
            response.consumed = start + length;
            Reading::Whole(response)
        }
    }
}

/// A body: its bytes, how many of the stream it takes, and how its end was told. `None`: more must come.
type Body = Result<Option<(Vec<u8>, usize, BodyEnd)>, Unreadable>;

fn counted(rest: &[u8], length: &str, ended: Option<Ended>) -> Body {
    // The same length may stand there twice (RFC 9112 §6.3).
    let mut lengths = length.split(',').map(|one| one.trim().parse::<usize>());
    let Some(Ok(length)) = lengths.next() else {
        return Err(Unreadable::Length);
    };
    if lengths.any(|other| other != Ok(length)) {
        return Err(Unreadable::Length);
    }
    match rest.get(..length) {
        Some(body) => Ok(Some((body.to_vec(), length, BodyEnd::Length))),
        None if ended.is_some() => Err(Unreadable::ShortBody),
        None => Ok(None),
    }
}

fn up_to_close(rest: &[u8], ended: Option<Ended>) -> Body {
    match ended {
        None => Ok(None),
        Some(Ended::Fin | Ended::Reset) => Ok(Some((rest.to_vec(), rest.len(), BodyEnd::Close))),
        Some(Ended::Quiet(_)) => Err(Unreadable::EndOfBody),
    }
}

fn chunked(rest: &[u8], ended: Option<Ended>) -> Body {
    let mut body = Vec::new();
    let mut at = 0;
    let more = |wrong| match ended {
        None => Ok(None),
        Some(_) => Err(wrong),
    };
    loop {
        let Some((line, next)) = line(rest, at) else {
            return more(Unreadable::ShortBody);
        };
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return Err(Unreadable::Chunk);
        };
        at = next;
        if size == 0 {
            // Trailers, up to an empty line.
            loop {
                let Some((trailer, next)) = self::line(rest, at) else {
                    return more(Unreadable::ShortBody);
                };
                at = next;
                if trailer.is_empty() {
                    return Ok(Some((body, at, BodyEnd::Chunked)));
                }
            }
        }
        let Some(chunk) = at.checked_add(size).and_then(|end| rest.get(at..end)) else {
            return more(Unreadable::ShortBody);
        };
        body.extend_from_slice(chunk);
        at += size;
        match self::line(rest, at) {
            Some((end, next)) if end.is_empty() => at = next,
            Some(_) => return Err(Unreadable::Chunk),
            None if rest.len() - at > 2 => return Err(Unreadable::Chunk),
            None => return more(Unreadable::ShortBody),
        }
    }
}

/// The line at `at`, without its end, and where the next begins.
fn line(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let rest = bytes.get(at..)?;
    let length = rest.iter().position(|byte| *byte == b'\n')?;
    let line = rest[..length]
        .strip_suffix(b"\r")
        .unwrap_or(&rest[..length]);
    Some((String::from_utf8_lossy(line).into_owned(), at + length + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;
    use crate::transcript::Silence;

    const QUIET: Option<Ended> = Some(Ended::Quiet(Silence::Blocked));

    fn whole(stream: &str, ended: Option<Ended>, asked: Asked) -> Response {
        match read(stream.as_bytes(), ended, asked) {
            Reading::Whole(response) => response,
            other => panic!("{other:?}"),
        }
    }

    #[rstest]
    #[case::counted(
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP",
        None,
        BodyEnd::Length,
        true
    )]
    #[case::twice_the_same(
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\ncontent-length: 3\r\n\r\nabc",
        None,
        BodyEnd::Length,
        true
    )]
    #[case::no_reason(
        "HTTP/1.1 200\r\nCONTENT-LENGTH:3\r\n\r\nabc",
        None,
        BodyEnd::Length,
        true
    )]
    #[case::old("HTTP/1.0 200 OK\r\n\r\nabc", Some(Ended::Fin), BodyEnd::Close, false)]
    #[case::chunked(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\nA: b\r\n\r\n",
        None,
        BodyEnd::Chunked,
        false
    )]
    #[case::line_feeds_only(
        "HTTP/1.1 200 OK\nContent-Length: 3\n\nabc",
        None,
        BodyEnd::Length,
        false
    )]
    fn a_response_is_read(
        #[case] stream: &str,
        #[case] ended: Option<Ended>,
        #[case] end: BodyEnd,
        #[case] canonical: bool,
    ) {
        let response = whole(stream, ended, Asked::Response);
        assert_eq!((response.status, &response.body[..]), (200, &b"abc"[..]));
        assert_eq!(response.end, end);
        assert_eq!(response.is_canonical(), canonical);
        assert_eq!(
            response.consumed,
            stream.strip_suffix("HTTP").unwrap_or(stream).len()
        );
    }

    #[rstest]
    #[case::head("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n", Asked::Head)]
    #[case::not_modified(
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 3\r\n\r\n",
        Asked::Response
    )]
    #[case::no_content("HTTP/1.1 204 No Content\r\n\r\n", Asked::Response)]
    fn some_responses_have_no_body(#[case] stream: &str, #[case] asked: Asked) {
        let response = whole(stream, None, asked);
        assert_eq!(
            (response.end, response.consumed),
            (BodyEnd::None, stream.len())
        );
    }

    #[rstest]
    #[case::no_status_line("<html>\r\n\r\n", None, Unreadable::StatusLine)]
    #[case::no_version("200 OK\r\n\r\n", None, Unreadable::StatusLine)]
    #[case::no_code("HTTP/1.1 OK\r\n\r\n", None, Unreadable::StatusLine)]
    #[case::long_code("HTTP/1.1 2000 OK\r\n\r\n", None, Unreadable::StatusLine)]
    #[case::no_colon("HTTP/1.1 200 OK\r\nDate\r\n\r\n", None, Unreadable::Header)]
    #[case::space_before_colon("HTTP/1.1 200 OK\r\nDate : x\r\n\r\n", None, Unreadable::Header)]
    #[case::endless_header("HTTP/1.1 200 OK\r\nDate: x\r\n", QUIET, Unreadable::EndOfHeader)]
    #[case::bad_length(
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        None,
        Unreadable::Length
    )]
    #[case::two_lengths(
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        None,
        Unreadable::Length
    )]
    #[case::cut(
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
        Some(Ended::Fin),
        Unreadable::ShortBody
    )]
    #[case::waits(
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
        QUIET,
        Unreadable::ShortBody
    )]
    #[case::no_end("HTTP/1.1 200 OK\r\n\r\nab", QUIET, Unreadable::EndOfBody)]
    #[case::bad_chunk(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        None,
        Unreadable::Chunk
    )]
    #[case::long_chunk(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
        None,
        Unreadable::Chunk
    )]
    fn what_no_client_can_read_is_named(
        #[case] stream: &str,
        #[case] ended: Option<Ended>,
        #[case] wrong: Unreadable,
    ) {
        assert_eq!(
            read(stream.as_bytes(), ended, Asked::Response),
            Reading::Wrong(wrong)
        );
    }

    #[test]
    fn an_end_or_a_text_may_be_right() {
        assert_eq!(whole("", Some(Ended::Fin), Asked::ResponseOrEnd).status, 0);
        assert_eq!(
            read(b"", Some(Ended::Fin), Asked::Response),
            Reading::Nothing
        );
        assert_eq!(read(b"", QUIET, Asked::ResponseOrEnd), Reading::Nothing);
        let text = whole("Error 400", Some(Ended::Fin), Asked::ResponseOrText);
        assert_eq!((text.status, &text.body[..]), (0, &b"Error 400"[..]));
        assert_eq!(
            read(b"Error 400", None, Asked::ResponseOrText),
            Reading::More
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_in_bounds(bytes in prop::collection::vec(any::<u8>(), 0..200), chunked: bool) {
            let head = if chunked { "Transfer-Encoding: chunked" } else { "A: b" };
            let stream = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), &bytes].concat();
            for ended in [None, QUIET, Some(Ended::Fin)] {
                if let Reading::Whole(response) = read(&stream, ended, Asked::Response) {
                    prop_assert!(response.consumed <= stream.len());
                }
                let _ = read(&bytes, ended, Asked::ResponseOrText);
            }
        }

        /// What has come in part is never called wrong, and no end of it is a whole one.
        #[test]
        fn a_response_under_way_is_awaited(cut in any::<prop::sample::Index>(), chunked: bool) {
            let stream: &[u8] = match chunked {
                true => b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
                false => b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab",
            };
            let part = &stream[..cut.index(stream.len())];
            prop_assert_eq!(read(part, None, Asked::Response), Reading::More);
        }
    }
}
