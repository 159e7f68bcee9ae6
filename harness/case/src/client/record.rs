//! What a transcript says of a client, put in order: what was typed, what came of it, what was printed after.

use super::talk::Exchange;
use crate::program::{Exit, Stream};
use crate::transcript::{Kind, Transcript};

/// Most bytes of an output that are kept.
const MAX_OUTPUT: usize = 1 << 20;

/// A transcript in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// What happened before anything was typed, then from each line typed to the next.
    pub stages: Vec<Stage>,
    /// All of stdout.
    pub out: Vec<u8>,
    /// All of stderr.
    pub err: Vec<u8>,
    /// How it ended; `None` while it runs.
    pub exit: Option<Exit>,
    /// Whether anything was printed after the server had left, or was never there.
    pub said_after_leaving: bool,
    /// Whether anything ever came from the client.
    pub came: bool,
    /// Whether it ever connected.
    pub connected: bool,
}

/// From one line typed to the next.
#[derive(Clone, Debug, Default)]
pub(super) struct Stage {
    /// What came from the client.
    pub received: Vec<u8>,
    /// How often a datagram, or a piece of a stream, came.
    pub arrivals: u32,
    /// Whether the server answered: so the request had arrived.
    pub answered: bool,
    /// How much had come when it first did, in bytes.
    pub asked: usize,
    /// Where stdout stood when the server answered first.
    pub out_from: usize,
    /// Where stdout stood when the next line was typed.
    pub out_to: usize,
    /// Whether anything was printed after the request had first come.
    pub said: bool,
    /// When the first request came.
    pub first_at: std::time::Duration,
    /// When something first showed after it: it came again, or something was printed.
    pub shown_at: Option<std::time::Duration>,
    /// Where stdout stood when an answer came from elsewhere, and how much that was.
    pub elsewhere: Vec<(usize, Vec<u8>)>,
}

impl Record {
    /// Reads a transcript of these exchanges: what is typed for each begins a stage. Where there are none, keys only
    /// wake a client up.
    pub fn of(transcript: &Transcript, exchanges: &[Exchange]) -> Self {
        let mut record = Record {
            stages: vec![Stage::default()],
            ..Record::default()
        };
        let mut left = false;
        // What is typed while the client waits belongs to the stage that waits.
        let mut in_wait = false;
        for event in &transcript.events {
            let out_length = record.out.len();
            let next = exchanges.get(record.stages.len() - 1);
            let Some(stage) = record.stages.last_mut() else {
                break;
            };
            match &event.kind {
                Kind::Typed(_) if in_wait => in_wait = false,
                Kind::Typed(_) if !exchanges.is_empty() => {
                    in_wait = next.is_some_and(|one| one.in_wait);
                    stage.out_to = out_length;
                    record.exit = None;
                    record.stages.push(Stage {
                        out_from: out_length,
                        ..Stage::default()
                    });
                }
                Kind::Opened => record.connected = true,
                Kind::Received(bytes) => {
                    record.came = true;
                    match stage.arrivals {
                        0 => stage.first_at = event.at,
                        _ => stage.shown_at = stage.shown_at.or(Some(event.at)),
                    }
                    stage.arrivals += 1;
                    stage.received.extend_from_slice(bytes);
                }
                Kind::Sent { .. } => {
                    if !stage.answered {
                        stage.out_from = out_length;
                        stage.asked = stage.received.len();
                    }
                    stage.answered = true;
                }
                Kind::SentElsewhere(bytes) => stage.elsewhere.push((out_length, bytes.clone())),
                Kind::SentFin | Kind::SentReset | Kind::Closed | Kind::NobodyListens => left = true,
                Kind::Printed { stream, bytes, .. } => {
                    record.said_after_leaving |= left && !bytes.is_empty();
                    if stage.arrivals > 0 {
                        stage.said = true;
                        stage.shown_at = stage.shown_at.or(Some(event.at));
                    }
                    let output = match stream {
                        Stream::Out => &mut record.out,
                        Stream::Err => &mut record.err,
                    };
                    let room = MAX_OUTPUT.saturating_sub(output.len());
                    output.extend_from_slice(&bytes[..bytes.len().min(room)]);
                }
                Kind::Ended(exit) => record.exit = Some(*exit),
                _ => {}
            }
        }
        let length = record.out.len();
        if let Some(last) = record.stages.last_mut() {
            last.out_to = length;
        }
        record
    }

    /// The part of stdout from the first answer of a stage to the next line typed; to the end where outputs show
    /// at the end only.
    pub fn output(&self, stage: usize, shows_at_end: bool) -> (usize, usize) {
        match self.stages.get(stage) {
            _ if shows_at_end => (0, self.out.len()),
            Some(stage) => (stage.out_from, stage.out_to),
            None => (self.out.len(), self.out.len()),
        }
    }

    /// All that came up to the end of a stage.
    pub fn received(&self, stage: usize) -> Vec<u8> {
        let stages = self.stages.iter().take(stage + 1);
        stages.flat_map(|one| one.received.clone()).collect()
    }

    /// Both outputs.
    pub fn all(&self) -> Vec<u8> {
        [&self.out[..], &self.err[..]].concat()
    }
}
