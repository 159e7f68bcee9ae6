//! What a program prints: read as it comes, so that the program never waits for a reader, and kept in part.
//!
//! Each output has a thread of its own. The harness plays on one thread, and while it waits there for the
//! program to read, a program that fills its pipe must not wait for the harness.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sockspec_case::program::{Printed, Stream};

/// How much of what was printed since the last look is kept from its beginning, in bytes.
const HEAD_BYTES: usize = 16 << 10;
/// How much of it is kept from its end, in bytes.
const TAIL_BYTES: usize = 16 << 10;
/// How much of the end of each output is kept as its last words, in bytes.
const LAST_WORDS_BYTES: usize = 4 << 10;
/// How much one read takes, in bytes.
const READ_BYTES: usize = 8 << 10;

/// What the two outputs of one program have said.
#[derive(Clone, Debug)]
pub struct Capture {
    shared: Arc<Shared>,
    begun: Instant,
}

#[derive(Debug, Default)]
struct Shared {
    heard: Mutex<Heard>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Heard {
    head: Vec<Printed>,
    head_bytes: usize,
    tail: VecDeque<Printed>,
    tail_bytes: usize,
    /// Bytes between head and tail that were not kept.
    left_out: u64,
    /// The end of stdout, then of stderr.
    last_words: [VecDeque<u8>; 2],
    open: usize,
}

/// What was printed since the last look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// In the order in which it was read.
    pub printed: Vec<Printed>,
    /// How many bytes were left out, after the first part.
    pub left_out: u64,
    /// How many of `printed` stand before what was left out.
    pub head: usize,
}

impl Capture {
    /// Captures the outputs from now on. Times are counted from here.
    ///
    /// # Errors
    /// No thread could be made.
    pub fn of(
        out: impl Read + Send + 'static,
        err: impl Read + Send + 'static,
    ) -> std::io::Result<Self> {
        let capture = Capture {
            shared: Arc::default(),
            begun: Instant::now(),
        };
        capture.shared.lock().open = 2;
        capture.follow(Stream::Out, out)?;
        capture.follow(Stream::Err, err)?;
        Ok(capture)
    }

    fn follow(&self, stream: Stream, mut pipe: impl Read + Send + 'static) -> std::io::Result<()> {
        let (shared, begun) = (Arc::clone(&self.shared), self.begun);
        let name = match stream {
            Stream::Out => "stdout",
            Stream::Err => "stderr",
        };
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                let mut buffer = vec![0; READ_BYTES];
                loop {
                    match pipe.read(&mut buffer) {
                        Ok(0) => break,
                        Ok(length) => {
                            let at = begun.elapsed();
                            shared.lock().take(Printed {
                                at,
                                stream,
                                bytes: buffer[..length].to_vec(),
                            });
                            shared.changed.notify_all();
                        }
                        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                        Err(_) => break,
                    }
                }
                shared.lock().open -= 1;
                shared.changed.notify_all();
            })
            .map(|_| ())
    }

    /// When the capture began.
    pub fn begun(&self) -> Instant {
        self.begun
    }

    /// What was printed since the last look, which is thereby forgotten.
    pub fn since_last(&self) -> Since {
        let mut heard = self.shared.lock();
        let mut printed = std::mem::take(&mut heard.head);
        let head = printed.len();
        printed.extend(std::mem::take(&mut heard.tail));
        (heard.head_bytes, heard.tail_bytes) = (0, 0);
        Since {
            printed,
            head,
            left_out: std::mem::take(&mut heard.left_out),
        }
    }

    /// The end of stderr, or of stdout where nothing came on stderr.
    pub fn last_words(&self) -> Vec<u8> {
        let heard = self.shared.lock();
        let [out, err] = &heard.last_words;
        let said = if err.is_empty() { out } else { err };
        said.iter().copied().collect()
    }

    /// The end of one output.
    pub fn end_of(&self, stream: Stream) -> Vec<u8> {
        let heard = self.shared.lock();
        heard.last_words[index(stream)].iter().copied().collect()
    }

    /// Waits until both outputs have ended, at most so long: what a program said before it ended may still be
    /// under way. Blocks, for a process that has ended and so keeps nobody waiting.
    pub fn wait_for_end(&self, limit: Duration) {
        let heard = self.shared.lock();
        let waited = self
            .shared
            .changed
            .wait_timeout_while(heard, limit, |heard| heard.open > 0);
        drop(waited);
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Heard {
    fn take(&mut self, printed: Printed) {
        let words = &mut self.last_words[index(printed.stream)];
        words.extend(&printed.bytes);
        let surplus = words.len().saturating_sub(LAST_WORDS_BYTES);
        words.drain(..surplus);
        let length = printed.bytes.len();
        if self.tail.is_empty() && self.left_out == 0 && self.head_bytes + length <= HEAD_BYTES {
            self.head_bytes += length;
            join(&mut self.head, printed);
            return;
        }
        self.tail_bytes += length;
        self.tail.push_back(printed);
        while self.tail_bytes > TAIL_BYTES {
            let Some(dropped) = self.tail.pop_front() else {
                break;
            };
            self.tail_bytes -= dropped.bytes.len();
            self.left_out += dropped.bytes.len() as u64;
        }
    }
}

/// Two reads that came at once are one: a program that prints a line in pieces says one line.
fn join(all: &mut Vec<Printed>, printed: Printed) {
    const AT_ONCE: Duration = Duration::from_millis(1);
    match all.last_mut() {
        Some(last)
            if last.stream == printed.stream
                && printed.at.saturating_sub(last.at) < AT_ONCE
                && !last.bytes.ends_with(b"\n") =>
        {
            last.bytes.extend(printed.bytes);
        }
        _ => all.push(printed),
    }
}

fn index(stream: Stream) -> usize {
    match stream {
        Stream::Out => 0,
        Stream::Err => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    fn text(since: &Since, stream: Stream) -> Vec<u8> {
        let all = since.printed.iter().filter(|one| one.stream == stream);
        all.flat_map(|one| one.bytes.clone()).collect()
    }

    #[test]
    fn both_outputs_are_kept_apart_and_told_once() {
        let capture = Capture::of(&b"out\n"[..], &b"err\n"[..]).unwrap();
        capture.wait_for_end(SOON);
        let since = capture.since_last();
        assert_eq!(text(&since, Stream::Out), b"out\n");
        assert_eq!(text(&since, Stream::Err), b"err\n");
        assert_eq!(capture.last_words(), b"err\n");
        assert_eq!(capture.since_last(), Since::default());
        assert_eq!(capture.end_of(Stream::Out), b"out\n");
    }

    #[test]
    fn a_flood_keeps_its_head_and_its_tail() {
        let flood: Vec<u8> = (0..200_000u32)
            .flat_map(|n| format!("{n}\n").into_bytes())
            .collect();
        let total = flood.len();
        let capture = Capture::of(std::io::Cursor::new(flood), &b""[..]).unwrap();
        capture.wait_for_end(SOON);
        let since = capture.since_last();
        let kept = text(&since, Stream::Out);
        assert!(kept.len() <= HEAD_BYTES + TAIL_BYTES);
        assert_eq!(kept.len() as u64 + since.left_out, total as u64);
        assert!(kept.starts_with(b"0\n1\n2\n") && kept.ends_with(b"\n199999\n"));
        assert!(since.head > 0 && since.head < since.printed.len());
        assert!(capture.last_words().len() <= LAST_WORDS_BYTES);
    }
}
