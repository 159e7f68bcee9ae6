//! Cuts a byte stream into lines, in bounded memory.
//!
//! TCP delivers a stream, not messages (RFC 9293 §2.2): a line may come in many reads, and many
//! lines in one. So bytes are kept until their LF has come, and only whole lines are decoded: a
//! character cut by a segment's end is whole again here.
//!
//! Invariants:
//! - The lines depend on the bytes only, never on how they were cut.
//! - No more than [`MAX_LINE_BYTES`] and one read are ever kept.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// Longest line, in bytes without its LF; a CR before the LF counts.
pub const MAX_LINE_BYTES: usize = 65_536;

/// Bytes asked of the system in one read.
const READ_BYTES: usize = 16 * 1024;

/// What a line may have wrong. The text stands behind `ERR ` in answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// The line's bytes are not UTF-8. Lines after it are not concerned.
    #[error("invalid UTF-8")]
    InvalidUtf8,
    /// More than [`MAX_LINE_BYTES`] came without an LF. It is the last thing the reader yields:
    /// nobody knows how long one would have to read to find the next line.
    #[error("line too long")]
    TooLong,
}

/// Reads lines from `input`: UTF-8, ended by LF, one CR before it dropped.
#[derive(Debug)]
pub struct LineReader<R> {
    input: R,
    splitter: LineSplitter,
    ended: bool,
}

impl<R> LineReader<R> {
    /// From now on U+FFFD stands for bytes that are not UTF-8, and no line is refused for them.
    pub fn replacing(mut self) -> Self {
        self.splitter.replaces = true;
        self
    }
}

impl<R: AsyncRead + Unpin> LineReader<R> {
    /// A reader at the beginning of `input`.
    pub fn new(input: R) -> Self {
        Self {
            input,
            splitter: LineSplitter::default(),
            ended: false,
        }
    }

    /// The next line without its end; `None` after the last one. Bytes that the input's end left
    /// without LF count as a line.
    ///
    /// # Errors
    /// What reading from `input` answered.
    ///
    /// # Cancellation
    /// Safe: no byte is lost when the future is dropped.
    pub async fn next(&mut self) -> io::Result<Option<Result<String, LineError>>> {
        loop {
            if let Some(line) = self.splitter.next_line() {
                return Ok(Some(line));
            }
            if self.ended || self.splitter.overflowed {
                return Ok(self.splitter.finish());
            }
            self.splitter.make_room();
            self.ended = self.input.read_buf(&mut self.splitter.bytes).await? == 0;
        }
    }
}

/// The pure part of [`LineReader`]: bytes in, lines out.
#[derive(Debug, Default)]
pub struct LineSplitter {
    bytes: Vec<u8>,
    /// Where the next line begins.
    start: usize,
    /// Up to where no LF was found; no byte is looked at twice, however small the segments.
    searched: usize,
    overflowed: bool,
    /// Whether U+FFFD stands for what is not UTF-8.
    replaces: bool,
}

impl LineSplitter {
    /// Takes the bytes of one read. Call [`next_line`](Self::next_line) until it has no more
    /// before the next ones are fed, else memory is not bounded.
    /// After [`LineError::TooLong`] they are ignored.
    pub fn feed(&mut self, bytes: &[u8]) {
        if !self.overflowed {
            self.make_room();
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// The next whole line without its end, if its LF has come.
    pub fn next_line(&mut self) -> Option<Result<String, LineError>> {
        if self.overflowed {
            return None;
        }
        let found = self.bytes[self.searched..]
            .iter()
            .position(|&byte| byte == b'\n');
        let end = found.map_or(self.bytes.len(), |offset| self.searched + offset);
        self.searched = end;
        if end - self.start > MAX_LINE_BYTES {
            self.overflowed = true;
            self.bytes = Vec::new();
            (self.start, self.searched) = (0, 0);
            return Some(Err(LineError::TooLong));
        }
        found?;
        let line = &self.bytes[self.start..end];
        let line = self.decode(line.strip_suffix(b"\r").unwrap_or(line));
        (self.start, self.searched) = (end + 1, end + 1);
        Some(line)
    }

    /// The bytes that the end of the input left without LF, as the last line, if there are any.
    pub fn finish(&mut self) -> Option<Result<String, LineError>> {
        let rest = self.bytes.split_off(self.start);
        *self = Self {
            overflowed: self.overflowed,
            replaces: self.replaces,
            ..Self::default()
        };
        (!rest.is_empty()).then(|| self.decode(&rest))
    }

    /// Forgets the lines already given, and keeps space for one read.
    fn make_room(&mut self) {
        self.bytes.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.bytes.reserve(READ_BYTES);
    }

    fn decode(&self, line: &[u8]) -> Result<String, LineError> {
        match str::from_utf8(line) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) if self.replaces => Ok(String::from_utf8_lossy(line).into_owned()),
            Err(_) => Err(LineError::InvalidUtf8),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    /// Every line of `segments`, the unterminated last one too.
    fn lines<'a>(segments: impl IntoIterator<Item = &'a [u8]>) -> Vec<Result<String, LineError>> {
        let mut splitter = LineSplitter::default();
        let mut lines = Vec::new();
        for segment in segments {
            splitter.feed(segment);
            lines.extend(std::iter::from_fn(|| splitter.next_line()));
        }
        lines.extend(splitter.finish());
        lines
    }

    fn text(line: &str) -> Result<String, LineError> {
        Ok(line.to_owned())
    }

    #[test]
    fn one_carriage_return_before_the_newline_is_dropped() {
        let expected = [text("a"), text("b\r"), text("c\rd"), text("e\r")];
        assert_eq!(lines([b"a\r\nb\r\r\nc\rd\ne\r".as_slice()]), expected);
    }

    #[test]
    fn invalid_utf8_is_told_for_its_line_only() {
        let expected = [text("a"), Err(LineError::InvalidUtf8), text("é")];
        assert_eq!(lines([b"a\n\xC3(\n\xC3\xA9\n".as_slice()]), expected);
    }

    #[test]
    fn the_longest_line_passes_and_one_byte_more_does_not() {
        let longest = vec![b'a'; MAX_LINE_BYTES];
        let longest_text = Ok("a".repeat(MAX_LINE_BYTES));
        assert_eq!(
            lines([longest.as_slice(), b"\nb\n"]),
            [longest_text, text("b")]
        );
        for end in ["a", "a\nb\n", "\r\nb\n"] {
            let segments = [longest.as_slice(), end.as_bytes(), b"c\n"];
            assert_eq!(lines(segments), [Err(LineError::TooLong)]);
        }
    }

    #[tokio::test]
    async fn a_reader_may_replace_what_is_not_utf8() {
        let mut reader = LineReader::new(b"caf\xE9\nb\xFF".as_slice()).replacing();
        assert_eq!(reader.next().await.unwrap(), Some(text("caf\u{FFFD}")));
        assert_eq!(reader.next().await.unwrap(), Some(text("b\u{FFFD}")));
    }

    #[tokio::test]
    async fn the_reader_ends_after_a_line_too_long() {
        let endless = tokio::io::repeat(b'a');
        let mut reader = LineReader::new(endless);
        assert_eq!(reader.next().await.unwrap(), Some(Err(LineError::TooLong)));
        assert_eq!(reader.next().await.unwrap(), None);
    }

    #[tokio::test]
    async fn the_reader_gives_an_unterminated_last_line() {
        let mut reader = LineReader::new(b"a\nb".as_slice());
        assert_eq!(reader.next().await.unwrap(), Some(text("a")));
        assert_eq!(reader.next().await.unwrap(), Some(text("b")));
        assert_eq!(reader.next().await.unwrap(), None);
    }

    proptest! {
        #[test]
        fn segmentation_does_not_change_the_lines(
            pieces in prop::collection::vec(
                prop_oneof![
                    Just((b"\n".to_vec(), 1)),
                    Just((b"\r\n".to_vec(), 2)),
                    Just(("é€😀".as_bytes().to_vec(), 1)),
                    Just((b"x".to_vec(), MAX_LINE_BYTES - 2)),
                    (prop::collection::vec(any::<u8>(), 0..9), Just(1)),
                ],
                0..12,
            ),
            cuts in prop::collection::vec(any::<Index>(), 0..9),
        ) {
            let stream: Vec<u8> =
                pieces.iter().flat_map(|(bytes, times)| bytes.repeat(*times)).collect();
            let mut at: Vec<usize> =
                cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
            at.extend([0, stream.len()]);
            at.sort_unstable();
            let cut = lines(at.windows(2).map(|pair| &stream[pair[0]..pair[1]]));
            prop_assert_eq!(cut, lines([stream.as_slice()]));
        }
    }
}
