//! One client that runs: what is typed to it, what it prints and sends, and how it ends.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use sockspec_case::loss::Direction;
use sockspec_case::program::{Exit, Stream};
use sockspec_case::transcript::{Barrier, Event, Kind, Transcript};
use sockspec_sockdiag::{Diag, Process};

use super::wire::Wire;
use crate::program::ending::{Pauses, moment};
use crate::program::keyboard::Input;
use crate::program::spawn::{Running, Surroundings};

/// How many looks in a row must find the client asleep before it is taken to have done what it had to.
const LOOKS_ASLEEP: u32 = 3;
/// How much of stdout is searched for answers, in bytes.
const MAX_OUT: usize = 1 << 20;

/// A client with its server.
pub(super) struct Session {
    /// The client.
    pub running: Running,
    /// Its server.
    pub wire: Wire,
    /// All of its stdout.
    pub out: Vec<u8>,
    /// Whether the client has not ended while a process that it started is there.
    pub whole: bool,
    /// How it ended.
    pub exit: Option<Exit>,
    transcript: Transcript,
    start: Instant,
    diag: Option<Arc<Diag>>,
    /// Grows with everything that happens.
    activity: u64,
    /// How many bytes were printed on both outputs.
    pub printed: usize,
}

impl Session {
    /// Starts a client.
    ///
    /// # Errors
    /// What the system said; most often that there is no such program.
    pub fn start(
        words: &[String],
        surroundings: &Surroundings,
        input: Input,
        wire: Wire,
        diag: Option<Arc<Diag>>,
    ) -> io::Result<Self> {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let start = Instant::now();
        let running = Running::start_with(words, surroundings, input)?;
        let mut session = Session {
            running,
            wire,
            out: Vec::new(),
            whole: false,
            exit: None,
            transcript: Transcript {
                started_us: i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX),
                events: Vec::new(),
            },
            start,
            diag,
            activity: 0,
            printed: 0,
        };
        if matches!(session.wire, Wire::Nobody { .. }) {
            session.note_at(Duration::ZERO, 0, Kind::NobodyListens);
        }
        Ok(session)
    }

    /// Writes an event down.
    pub fn note(&mut self, connection: u8, kind: Kind) {
        self.note_at(self.start.elapsed(), connection, kind);
    }

    /// What the harness does is written down with the time before: what comes of it comes after.
    fn note_at(&mut self, at: Duration, connection: u8, kind: Kind) {
        self.activity += 1;
        self.transcript.events.push(Event {
            at,
            connection,
            kind,
        });
    }

    /// Takes all that has happened.
    pub fn look(&mut self) {
        let may_end = self.exit.is_none() && (!self.whole || self.running.is_gone());
        let ended = may_end.then(|| self.running.ended()).flatten();
        let mut events = Vec::new();
        self.wire.look(self.diag.as_ref(), &mut events);
        for (connection, kind) in events {
            self.note(connection, kind);
        }
        self.hear();
        if let Some((exit, _)) = ended {
            self.exit = Some(exit);
            self.note(0, Kind::Ended(exit));
        }
    }

    fn hear(&mut self) {
        let begun = self.running.capture.begun();
        let since = self.running.capture.since_last();
        let last = since.head.checked_sub(1);
        for (number, printed) in since.printed.into_iter().enumerate() {
            if printed.stream == Stream::Out {
                let room = MAX_OUT.saturating_sub(self.out.len());
                let length = printed.bytes.len().min(room);
                self.out.extend_from_slice(&printed.bytes[..length]);
            }
            self.activity += 1;
            self.printed += printed.bytes.len();
            self.transcript.events.push(Event {
                at: (begun + printed.at).saturating_duration_since(self.start),
                connection: 0,
                kind: Kind::Printed {
                    stream: printed.stream,
                    bytes: printed.bytes,
                    left_out: if Some(number) == last {
                        since.left_out
                    } else {
                        0
                    },
                },
            });
        }
    }

    /// Looks until `met`, at most so long; a client that has ended is looked at once more only.
    pub async fn until(&mut self, limit: Duration, mut met: impl FnMut(&mut Self) -> bool) -> bool {
        let begun = Instant::now();
        let mut pauses = Pauses::default();
        loop {
            let over = self.exit.is_some() || begun.elapsed() >= limit;
            self.look();
            if met(self) {
                return true;
            }
            if over {
                return false;
            }
            self.running.pause(pauses.longer()).await;
        }
    }

    /// Waits until the client sleeps, and so has done what it had to; at most so long.
    pub async fn settle(&mut self, limit: Duration) {
        let begun = Instant::now();
        let (mut pauses, mut asleep) = (Pauses::default(), 0);
        self.look();
        while asleep < LOOKS_ASLEEP && begun.elapsed() < limit && self.exit.is_none() {
            let before = self.activity;
            self.running.pause(pauses.longer()).await;
            self.look();
            let still = self.activity == before
                && self.running.keyboard.is_read()
                && self.running.tree.living().iter().all(|one| is_asleep(*one));
            asleep = if still { asleep + 1 } else { 0 };
        }
    }

    /// Whether the client has read all that was typed: it is back at its keyboard.
    pub fn has_taken_all(&self) -> bool {
        self.running.keyboard.is_read()
    }

    /// Types a line.
    pub fn type_line(&mut self, line: &[u8]) {
        self.type_lines(&[line]);
    }

    /// Types lines at once; none for a line that was typed before.
    pub fn type_lines(&mut self, lines: &[&[u8]]) {
        self.look();
        let bytes = lines
            .iter()
            .flat_map(|line| [line, &b"\n"[..]].concat())
            .collect::<Vec<u8>>();
        let at = self.start.elapsed();
        // Who has ended reads no more: its end says so.
        let _ = self.running.keyboard.type_bytes(&bytes);
        self.note_at(at, 0, Kind::Typed(bytes));
    }

    /// Ends what is typed.
    pub fn end_input(&mut self) {
        self.look();
        self.note(0, Kind::TypedEnd);
        self.running.keyboard.end();
    }

    /// Sends one segment or datagram.
    pub fn send(&mut self, bytes: &[u8], barrier: Barrier) {
        self.look();
        let (at, connection) = (self.start.elapsed(), self.wire.connection());
        let kind = match self.wire.send(bytes) {
            true => Kind::Sent {
                bytes: bytes.to_vec(),
                barrier,
            },
            false => Kind::SendFailed,
        };
        self.note_at(at, connection, kind);
    }

    /// Sends a datagram late: to whoever asked first, who may have another port by now.
    pub fn send_late(&mut self, bytes: &[u8]) {
        self.look();
        let at = self.start.elapsed();
        if self.wire.send_to_first(bytes) {
            let bytes = bytes.to_vec();
            let barrier = Barrier::None;
            self.note_at(at, 1, Kind::Sent { bytes, barrier });
        }
    }

    /// Sends a datagram once more, as a network that doubles it does.
    pub fn send_again(&mut self, bytes: &[u8]) {
        let at = self.start.elapsed();
        if self.wire.send(bytes) {
            self.note_at(at, 1, Kind::Doubled(bytes.to_vec()));
        }
    }

    /// An answer goes no further.
    pub fn lose(&mut self, bytes: &[u8]) {
        self.note(
            1,
            Kind::Lost {
                direction: Direction::ToClient,
                bytes: bytes.to_vec(),
            },
        );
    }

    /// Sends a datagram from elsewhere.
    pub fn send_from_elsewhere(&mut self, bytes: &[u8]) {
        self.look();
        let at = self.start.elapsed();
        if self.wire.send_from_elsewhere(bytes).is_ok() {
            self.note_at(at, 1, Kind::SentElsewhere(bytes.to_vec()));
        }
    }

    /// Waits until the client has read what was sent, at most so long; where that cannot be seen, until it sleeps.
    /// Tells whether it may have.
    pub async fn read_by_client(&mut self, limit: Duration) -> bool {
        let begun = Instant::now();
        let mut pauses = Pauses::default();
        loop {
            match self.wire.is_read() {
                Some(true) => return true,
                None => {
                    self.settle(limit).await;
                    return true;
                }
                Some(false) if begun.elapsed() >= limit || self.exit.is_some() => return false,
                Some(false) => {}
            }
            moment(pauses.longer()).await;
            self.look();
        }
    }

    /// Leaves: with an RST, or a FIN.
    pub fn leave(&mut self, by_reset: bool) {
        self.look();
        let (at, connection) = (self.start.elapsed(), self.wire.connection());
        self.wire.leave(by_reset);
        let kind = match by_reset {
            true => Kind::SentReset,
            false => Kind::SentFin,
        };
        self.note_at(at, connection, kind);
    }

    /// Ends the server's direction, if it has not.
    pub fn finish(&mut self) {
        self.look();
        let (at, connection) = (self.start.elapsed(), self.wire.connection());
        if self.wire.finish() {
            self.note_at(at, connection, Kind::SentFin);
        }
    }

    /// Ends the client, if it still runs; gives what happened.
    pub async fn close(mut self) -> Transcript {
        self.look();
        let Session {
            running,
            mut transcript,
            ..
        } = self;
        running.end(Duration::ZERO).await;
        // Outputs are heard a little later than they were printed.
        transcript.events.sort_by_key(|event| event.at);
        transcript
    }
}

/// Whether no thread of a process runs or could.
fn is_asleep(process: Process) -> bool {
    process
        .threads()
        .is_ok_and(|threads| threads.iter().all(|thread| thread.state == 'S'))
}
