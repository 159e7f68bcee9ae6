//! What a program prints: read as it comes, so that the program never waits for a reader, and kept in part.
//!
//! Each output has a thread of its own. The harness plays on one thread, and while it waits there for the
//! program to read, a program that fills its pipe must not wait for the harness.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use sockspec_case::program::{Printed, Stream};
use tokio::sync::Notify;

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
    /// The same for who must not block.
    told: Notify,
}

#[derive(Debug)]
struct Heard {
    head: Vec<Printed>,
    head_bytes: usize,
    /// How much of the beginning is kept, in bytes.
    room: usize,
    tail: VecDeque<Printed>,
    tail_bytes: usize,
    /// Bytes between head and tail that were not kept.
    left_out: u64,
    /// The end of stdout, then of stderr.
    last_words: [VecDeque<u8>; 2],
    /// The outputs that have not ended.
    watched: [Option<File>; 2],
}

impl Default for Heard {
    fn default() -> Self {
        Heard {
            head: Vec::new(),
            head_bytes: 0,
            room: HEAD_BYTES,
            tail: VecDeque::new(),
            tail_bytes: 0,
            left_out: 0,
            last_words: Default::default(),
            watched: [None, None],
        }
    }
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
    pub fn of(out: File, err: File) -> std::io::Result<Self> {
        let capture = Capture {
            shared: Arc::default(),
            begun: Instant::now(),
        };
        capture.shared.lock().watched = [Some(out.try_clone()?), Some(err.try_clone()?)];
        capture.follow(Stream::Out, out)?;
        capture.follow(Stream::Err, err)?;
        Ok(capture)
    }

    fn follow(&self, stream: Stream, mut pipe: File) -> std::io::Result<()> {
        let (shared, begun) = (Arc::clone(&self.shared), self.begun);
        let name = match stream {
            Stream::Out => "stdout",
            Stream::Err => "stderr",
        };
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                let mut buffer = vec![0; READ_BYTES];
                while is_ready(&pipe, None) {
                    // What was read and what was heard are the same, whoever looks.
                    let mut heard = shared.lock();
                    match pipe.read(&mut buffer) {
                        Ok(0) => break,
                        Ok(length) => heard.take(Printed {
                            at: begun.elapsed(),
                            stream,
                            bytes: buffer[..length].to_vec(),
                        }),
                        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                        Err(_) => break,
                    }
                    drop(heard);
                    shared.tell();
                }
                shared.lock().watched[index(stream)] = None;
                shared.tell();
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

    /// From now on so much is kept from the beginning of what is printed between two looks, in bytes.
    pub fn keep(&self, bytes: usize) {
        self.shared.lock().room = bytes;
    }

    /// Whether all that was printed so far has been heard.
    pub fn has_all(&self) -> bool {
        let heard = self.shared.lock();
        let mut open = heard.watched.iter().flatten();
        !open.any(|output| is_ready(output, Some(Duration::ZERO)))
    }

    /// Waits until something is printed, or an output ends.
    pub async fn changed(&self) {
        self.shared.told.notified().await;
    }

    /// Waits until both outputs have ended, at most so long: what a program said before it ended may still be
    /// under way. Blocks, for a process that has ended and so keeps nobody waiting.
    pub fn wait_for_end(&self, limit: Duration) {
        let heard = self.shared.lock();
        let waited = self
            .shared
            .changed
            .wait_timeout_while(heard, limit, |heard| {
                heard.watched.iter().any(Option::is_some)
            });
        drop(waited);
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.changed.notify_all();
        self.told.notify_one();
    }
}

impl Heard {
    fn take(&mut self, printed: Printed) {
        let words = &mut self.last_words[index(printed.stream)];
        words.extend(&printed.bytes);
        let surplus = words.len().saturating_sub(LAST_WORDS_BYTES);
        words.drain(..surplus);
        let length = printed.bytes.len();
        if self.tail.is_empty() && self.left_out == 0 && self.head_bytes + length <= self.room {
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

/// Whether an output has something to read, or has ended; waits for it, at most so long.
fn is_ready(output: &File, limit: Option<Duration>) -> bool {
    let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
    loop {
        let mut polled = [PollFd::new(output, PollFlags::IN)];
        match poll(&mut polled, limit.as_ref()) {
            Err(Errno::INTR) => {}
            Ok(ready) => return ready > 0,
            // Then a read says what is wrong.
            Err(_) => return true,
        }
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
    use std::io::{Seek, Write};

    use super::*;

    const SOON: Duration = Duration::from_secs(20);

    /// A file that holds this, to be read from its beginning.
    fn holding(bytes: &[u8]) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        file.rewind().unwrap();
        file
    }

    fn text(since: &Since, stream: Stream) -> Vec<u8> {
        let all = since.printed.iter().filter(|one| one.stream == stream);
        all.flat_map(|one| one.bytes.clone()).collect()
    }

    #[test]
    fn both_outputs_are_kept_apart_and_told_once() {
        let capture = Capture::of(holding(b"out\n"), holding(b"err\n")).unwrap();
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
        let capture = Capture::of(holding(&flood), holding(b"")).unwrap();
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
