//! Requests as they arrive from a client: some end them with a line feed, some with CR LF, some with nothing.
//! And those of its own making, of which only the form is known.

use std::sync::Arc;

use crate::pattern::{Captures, Context, Matcher};

/// The form of a request that a client makes by itself: nobody types it.
#[derive(Clone, Debug)]
pub struct OwnRequest(Arc<Matcher>);

impl OwnRequest {
    /// Requests of this form.
    pub fn new(form: Matcher) -> Self {
        OwnRequest(Arc::new(form))
    }

    /// How many bytes of what came are the request; `None` while it is not whole, or is none.
    pub fn length(&self, received: &[u8]) -> Option<usize> {
        let captures = Captures::new();
        let context = Context {
            captures: &captures,
            dialect: None,
            now_us: 0,
        };
        let found = self.0.prefix(received, context)?;
        Some(found.length.min(received.len()))
    }
}

/// What is known so far of what a client sent, beyond what was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    kept: Vec<u8>,
    /// A request that ended with nothing was taken: a line end may still follow it.
    open: bool,
}

/// Most bytes of a request that are kept.
pub const MAX_BYTES: usize = 1 << 20;

impl Requests {
    /// Adds what has come.
    pub fn push(&mut self, bytes: &[u8]) {
        let room = MAX_BYTES.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// The line end that came late for the request taken last; empty when there is none.
    pub fn take_late_end(&mut self) -> Vec<u8> {
        if !self.open {
            return Vec::new();
        }
        let length = end_length(&self.kept);
        if length > 0 {
            self.open = false;
        }
        self.kept.drain(..length).collect()
    }

    /// Takes the request `expected`, if it stands first: gives what ended it, which may be nothing yet.
    pub fn take(&mut self, expected: &[u8]) -> Option<Vec<u8>> {
        let late = if self.open { end_length(&self.kept) } else { 0 };
        let rest = self.kept[late..].strip_prefix(expected)?;
        let length = end_length(rest);
        let end = rest[..length].to_vec();
        // Another text goes on where this one should end.
        let next = rest.get(length);
        if end.is_empty() && next.is_some() && !expected.is_empty() {
            return None;
        }
        self.kept.drain(..late + expected.len() + length);
        self.open = end.is_empty();
        Some(end)
    }

    /// Takes the request that the client makes by itself, if it has come whole.
    pub fn take_own(&mut self, own: &OwnRequest) -> bool {
        let length = own.length(&self.kept);
        self.kept.drain(..length.unwrap_or(0));
        length.is_some()
    }

    /// Whether no more is kept.
    pub fn is_full(&self) -> bool {
        self.kept.len() >= MAX_BYTES
    }

    /// Takes one request, whatever it is, and what ended it; what no line feed ends is taken whole.
    pub fn take_any(&mut self) -> Option<(Vec<u8>, Vec<u8>)> {
        self.take_late_end();
        let feed = self.kept.iter().position(|byte| *byte == b'\n');
        let length = feed.map_or(self.kept.len(), |at| at + 1);
        let taken: Vec<u8> = self.kept.drain(..length).collect();
        (!taken.is_empty()).then(|| parted(&taken))
    }

    /// Forgets what was not taken: the connection is another.
    pub fn clear(&mut self) {
        self.kept.clear();
        self.open = false;
    }
}

/// A request, and what ended it.
pub fn parted(request: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n' | 0);
    let ends = request.iter().rev().take_while(|byte| is_end(byte)).count();
    let (said, end) = request.split_at(request.len() - ends);
    (said.to_vec(), end.to_vec())
}

/// How many bytes of a line end stand at the beginning: one CR, LF or CR LF, and NULs that C programs add.
fn end_length(bytes: &[u8]) -> usize {
    let cr = usize::from(bytes.first() == Some(&b'\r'));
    let lf = usize::from(bytes.get(cr) == Some(&b'\n'));
    let nuls = bytes[cr + lf..]
        .iter()
        .take_while(|byte| **byte == 0)
        .count();
    cr + lf + nuls
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::line_feed("fa\n", Some("\n"))]
    #[case::cr_lf("fa\r\n", Some("\r\n"))]
    #[case::nothing("fa", Some(""))]
    #[case::nul("fa\0", Some("\0"))]
    #[case::in_pieces("f|a\n", Some("\n"))]
    #[case::more("fa\nmi\n", Some("\n"))]
    #[case::not_all("f", None)]
    #[case::another("li\n", None)]
    #[case::longer("fab\n", None)]
    fn a_request_is_taken_whatever_ends_it(#[case] pieces: &str, #[case] end: Option<&str>) {
        let mut requests = Requests::default();
        for piece in pieces.split('|') {
            requests.push(piece.as_bytes());
        }
        assert_eq!(requests.take(b"fa").as_deref(), end.map(str::as_bytes));
    }

    #[test]
    fn a_line_end_may_come_late() {
        let mut requests = Requests::default();
        requests.push(b"fa");
        assert_eq!(requests.take(b"fa"), Some(Vec::new()));
        requests.push(b"\nmi\n");
        assert_eq!(requests.clone().take(b"mi"), Some(b"\n".to_vec()));
        assert_eq!(requests.take_late_end(), b"\n");
        assert_eq!(requests.take(b"mi"), Some(b"\n".to_vec()));
    }

    #[rstest]
    #[case::whole("HEAD / HTTP/1.1\r\n\r\n", true)]
    #[case::in_pieces("HEAD / HT|TP/1.1\r\nHost: a\r\n|\r\n", true)]
    #[case::more_behind("HEAD / HTTP/1.1\r\n\r\nmore", true)]
    #[case::no_empty_line("HEAD / HTTP/1.1\r\nHost: a\r\n", false)]
    #[case::something_before("x HEAD / HTTP/1.1\r\n\r\n", false)]
    #[case::not_utf8("\u{e9} / HTTP/1.1\r\n\r\n", false)]
    #[case::nothing("", false)]
    fn a_request_of_its_own_is_taken_when_it_is_whole(
        #[case] pieces: &str,
        #[case] is_whole: bool,
    ) {
        // Backslashes are TOML's, too.
        let form = r"/HEAD \\/ HTTP\\/1\\.1\\r\\n([^\\r\\n]+\\r\\n)*\\r\\n/";
        let spec = crate::fixture::clients(&format!("C~ {form}\nS: a"));
        let own = crate::client::tests::talk(&spec).request.unwrap();
        let mut requests = Requests::default();
        for piece in pieces.split('|') {
            requests.push(piece.as_bytes());
        }
        assert_eq!(requests.take_own(&own), is_whole);
        let rest = requests.take_any().map_or(Vec::new(), |(said, _)| said);
        assert_eq!(rest == b"more", pieces.ends_with("more"));
    }

    #[test]
    fn an_empty_request_is_any_line_end() {
        let mut requests = Requests::default();
        requests.push(b"\n");
        assert_eq!(requests.take(b""), Some(b"\n".to_vec()));
    }
}
