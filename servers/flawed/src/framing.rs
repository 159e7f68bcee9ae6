//! Cuts what was received into requests, and the mistakes in doing so.

use std::sync::{Arc, Mutex, PoisonError};

use crate::connection::Stop;
use crate::mistake::Mistake;

/// Longest line, in bytes without its newline.
const MAX_LINE_BYTES: usize = 65_536;

/// The fixed buffer of a server that has one, in bytes.
const LINE_BUFFER_BYTES: usize = 128;

/// What a line may be instead of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Malformed {
    InvalidUtf8,
    TooLong,
}

/// A request, or what is wrong with it.
pub(crate) type Request = Result<String, Malformed>;

/// The bytes received that are no whole line yet.
#[derive(Clone)]
pub(crate) struct Framing {
    mistake: Option<Mistake>,
    received: Arc<Mutex<Vec<u8>>>,
    /// Whether U+FFFD stands for what is not UTF-8.
    replaces: bool,
}

impl Framing {
    pub(crate) fn new(mistake: Option<Mistake>) -> Self {
        Self {
            mistake,
            received: Arc::default(),
            replaces: false,
        }
    }

    /// The same, with U+FFFD in place of what is not UTF-8.
    pub(crate) fn replacing(self) -> Self {
        Self {
            replaces: true,
            ..self
        }
    }

    /// The requests that `chunk`, what one recv returned, completes.
    pub(crate) fn feed(&self, chunk: &[u8]) -> Result<Vec<Request>, Stop> {
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = received.len();
        match self.mistake {
            Some(Mistake::OneRecvOneMessage) => {
                let message = chunk.strip_suffix(b"\n").unwrap_or(chunk);
                return Ok(vec![self.request(message)]);
            }
            Some(Mistake::DecodesEachChunk) if str::from_utf8(chunk).is_err() => {
                return Err(Stop::Leave);
            }
            Some(Mistake::SplitCharacter) => {
                received.extend_from_slice(String::from_utf8_lossy(chunk).as_bytes());
            }
            _ => received.extend_from_slice(chunk),
        }
        let mut requests = Vec::new();
        // What was kept holds no newline.
        let (mut start, mut searched) = (0, kept);
        while let Some(at) = received[searched..].iter().position(|&byte| byte == b'\n') {
            let line = &received[start..searched + at];
            if line.len() > MAX_LINE_BYTES {
                self.check_overflow()?;
            }
            match (self.mistake, str::from_utf8(line)) {
                (Some(Mistake::SplitsAtSeparators), Ok(text)) => {
                    let parts = text.split(['\u{85}', '\u{2028}', '\u{2029}']);
                    requests.extend(parts.map(|part| self.request(part.as_bytes())));
                }
                _ => requests.push(self.request(line)),
            }
            searched += at + 1;
            start = searched;
        }
        received.drain(..start);
        match self.mistake {
            Some(Mistake::AnswersFirstOnly) if !requests.is_empty() => {
                requests.truncate(1);
                received.clear();
            }
            Some(Mistake::LosesTail) if !requests.is_empty() => received.clear(),
            _ => {}
        }
        if self.is_too_long(&received) {
            self.check_overflow()?;
            received.clear();
            requests.push(Err(Malformed::TooLong));
        }
        Ok(requests)
    }

    /// A fixed buffer without a check of its size: what comes behind its end overwrites the program.
    fn check_overflow(&self) -> Result<(), Stop> {
        match self.mistake {
            Some(Mistake::UnboundedLine) => Err(Stop::Server("a line overflowed its buffer")),
            _ => Ok(()),
        }
    }

    fn is_too_long(&self, line: &[u8]) -> bool {
        line.len() > MAX_LINE_BYTES && self.mistake != Some(Mistake::KeepsEndlessLine)
    }

    /// The last line, which the client's FIN ended.
    pub(crate) fn finish(&self) -> Option<Request> {
        let mut received = self.received.lock().unwrap_or_else(PoisonError::into_inner);
        let rest = std::mem::take(&mut *received);
        (!rest.is_empty()).then(|| self.decode(&rest))
    }

    fn request(&self, line: &[u8]) -> Request {
        if self.is_too_long(line) {
            return Err(Malformed::TooLong);
        }
        let line = match self.mistake {
            Some(Mistake::KeepsCarriageReturn) => line,
            _ => line.strip_suffix(b"\r").unwrap_or(line),
        };
        match self.mistake {
            Some(Mistake::NulTerminated) => {
                self.decode(line.split(|&byte| byte == 0).next().unwrap_or(line))
            }
            Some(Mistake::TruncatesAtBuffer) => {
                let text = self.decode(line)?;
                Ok(text[..text.floor_char_boundary(LINE_BUFFER_BYTES)].to_owned())
            }
            _ => self.decode(line),
        }
    }

    fn decode(&self, line: &[u8]) -> Request {
        match str::from_utf8(line) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) if self.replaces => Ok(String::from_utf8_lossy(line).into_owned()),
            Err(_) => Err(Malformed::InvalidUtf8),
        }
    }
}
