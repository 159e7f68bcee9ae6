//! Plays a dialogue without doing any I/O: says what to do next, and is told what happened.
//!
//! The engine drives a [`Player`] with sockets; the judge drives the same player with a transcript.
//! Whatever is decided is decided here, so both decide alike.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use sockspec_spec::dialogue::Protocol;
use sockspec_spec::model::Framing;

use crate::diagnosis::Finding;
use crate::expect::{Expectation, Met, Progress, Seen};
use crate::grade::Closing;
use crate::pattern::{Captures, Context};
use crate::play::{Deed, Play, Step, Steps};
use crate::port::PortSeen;
use crate::program::{Exit, Stream};
use crate::script::{Answer, Next};
use crate::style::Fit;
use crate::transcript::{ConnectError, Silence};
use crate::unit::{self, Ended};

/// The number under which the program's own streams go.
pub const STREAMS: u8 = 0;

/// What the driver must do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Make this connection, then feed [`Input::Opened`], `Continued` or `NotOpened`.
    Connect(u8),
    /// Send these segments, each read by the target before the next is sent.
    Send(u8, Vec<Vec<u8>>),
    /// Stop reading and send as much of this as the target takes.
    Fill(u8, Vec<u8>),
    /// Wait for the next input of this connection, as long as the patience says; for 0, of the program's
    /// own streams.
    Await(u8, Patience),
    /// Do this to the connection.
    Do(u8, Deed),
    /// Type this on the program's standard input.
    Type(Vec<u8>),
    /// End the program's standard input.
    EndInput,
    /// Ask the kernel about these ports, then feed [`Input::Ports`].
    AskPorts(Protocol, Vec<u16>),
    /// Let time pass.
    Wait(Duration),
    /// Keep the connection open for the next play, or close it: the play is over.
    Done,
}

/// How long the driver waits, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// An answer: until the deadline, or until it is known that none will come.
    Answer,
    /// A greeting, or the rest of an answer whose end is not known: until quiet.
    Quiet,
    /// The end of the connection, which a step asks for.
    Close,
    /// The target's reading of all that was sent: [`Input::Read`], unless something else comes first.
    Read,
    /// The end of the connection after a play that went well: only looked at.
    Goodbye,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// The connection stands.
    Opened,
    /// The connection of the play before goes on.
    Continued,
    /// It could not be made.
    NotOpened(ConnectError),
    /// These bytes came: one read of a stream, or one datagram.
    Received(Vec<u8>),
    /// The network lost the question, or its answer: a client would wait in vain.
    Lost,
    /// These bytes came, from this address instead of the one that was asked.
    Elsewhere(String, Vec<u8>),
    /// The target's FIN.
    Fin,
    /// The target's RST.
    Reset,
    /// Nothing more will come.
    Quiet(Silence),
    /// Whether the target has read all that was sent.
    Read(bool),
    /// More came than is kept.
    Flooded,
    /// The program printed this on one of its outputs.
    Printed(Stream, Vec<u8>),
    /// The program ended.
    Exited(Exit),
    /// What the kernel says of ports.
    Ports(Vec<PortSeen>),
    /// The harness was too late to judge.
    Starved,
}

/// What a play came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// How the target closed, where the play looked.
    pub closing: Option<Closing>,
    /// The answers taken, in order.
    pub answers: Vec<Taken>,
    /// How many questions were given up because the network lost them, or their answers, each time.
    pub given_up: u32,
}

/// An answer that met an expectation, or that a discovery collected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its connection.
    pub connection: u8,
    /// The answer without prompt and line end.
    pub content: Vec<u8>,
    /// All bytes taken from the stream.
    pub raw: Vec<u8>,
    /// Whether it is right. Only a discovery goes on after an answer that is not.
    pub right: bool,
}

/// The verdict on one play.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// As the reference server does.
    #[default]
    Pass,
    /// Accepted, not canonical.
    NonStrict,
    /// Wrong.
    Fail(Failure),
    /// The harness could not judge.
    Inconclusive(Finding),
}

/// What was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was seen.
    pub finding: Finding,
    /// The connection it was seen on.
    pub connection: u8,
    /// What should have come; empty where only a pattern says it.
    pub expected: Vec<u8>,
    /// The expected answer as a pattern.
    pub pattern: Option<String>,
    /// What came.
    pub actual: Vec<u8>,
    /// How many answers were right before.
    pub answered: usize,
}

mod datagrams;
mod ending;
mod groups;
mod ports;
mod streams;

use streams::Streams;

#[derive(Debug, Default)]
struct Connection {
    open: bool,
    greeted: bool,
    /// Whether the target has said its first message.
    spoken: bool,
    sent: usize,
    stream: Vec<u8>,
    taken: usize,
    datagrams: VecDeque<Vec<u8>>,
    /// A datagram that came from another address.
    elsewhere: Option<(String, Vec<u8>)>,
    /// The question sent last, and how often; whether the network lost it or its answer.
    question: Vec<Vec<u8>>,
    asked: u32,
    lost: bool,
    ended: Option<Ended>,
    /// Whether all that was sent has been read, where it was asked.
    read: Option<bool>,
    waiting_since: Duration,
    now: Duration,
}

impl Connection {
    fn rest(&self) -> &[u8] {
        &self.stream[self.taken..]
    }
}

/// The state of one play.
#[derive(Debug)]
pub struct Player<'a> {
    play: &'a Play,
    started_us: i64,
    connections: BTreeMap<u8, Connection>,
    /// Steps still to do, the next first.
    /// Shared, because they are looked at again each time something comes, and may hold megabytes.
    pending: VecDeque<Arc<Step>>,
    next_fixed: usize,
    log: Vec<Answer>,
    captures: Captures,
    now: Duration,
    canonical: bool,
    outcome: Outcome,
    ending: u8,
    over: bool,
    /// The program's own streams, where the play has steps on them.
    streams: Option<Streams>,
}

impl<'a> Player<'a> {
    /// A player at the start of `play`. `started_us` is the wall clock, in microseconds since the epoch.
    pub fn new(play: &'a Play, started_us: i64) -> Self {
        Player {
            play,
            started_us,
            connections: BTreeMap::new(),
            pending: VecDeque::new(),
            next_fixed: 0,
            log: Vec::new(),
            captures: Captures::new(),
            now: Duration::ZERO,
            canonical: play.style.is_canonical(play.framing),
            outcome: Outcome::default(),
            ending: 0,
            over: false,
            streams: play.has_streams().then(|| Streams::of(play)),
        }
    }

    /// What the play came to; meaningful after [`Action::Done`].
    pub fn into_outcome(self) -> Outcome {
        self.outcome
    }

    /// Tells the player what happened on a connection, `at` after the play's start.
    pub fn feed(&mut self, connection: u8, input: Input, at: Duration) {
        self.now = at;
        if connection == STREAMS && input != Input::Starved {
            return self.hear(input);
        }
        let state = self.connections.entry(connection).or_default();
        state.now = at;
        match input {
            Input::Opened => state.open = true,
            Input::Continued => (state.open, state.greeted, state.spoken) = (true, true, true),
            Input::NotOpened(error) => {
                let finding = match error {
                    ConnectError::TimedOut => Finding::ConnectTimedOut,
                    _ => Finding::Refused,
                };
                self.fail(connection, finding, None, Vec::new());
            }
            Input::Received(bytes) if self.play.framing == Framing::Datagram => {
                state.datagrams.push_back(bytes);
                state.ended = None;
            }
            Input::Received(bytes) => {
                state.stream.extend_from_slice(&bytes);
                state.ended = None;
            }
            Input::Lost => state.lost = true,
            Input::Elsewhere(from, bytes) => state.elsewhere = Some((from, bytes)),
            Input::Fin => state.ended = Some(Ended::Fin),
            Input::Reset => state.ended = Some(Ended::Reset),
            Input::Quiet(silence) => state.ended = Some(Ended::Quiet(silence)),
            Input::Read(read) => state.read = Some(read),
            Input::Printed(..) | Input::Exited(_) | Input::Ports(_) => {}
            Input::Flooded => {
                let actual = state.rest()[..state.rest().len().min(256)].to_vec();
                self.fail(connection, Finding::Flooded, None, actual);
            }
            Input::Starved => {
                self.outcome.verdict = Verdict::Inconclusive(Finding::Starved);
                self.over = true;
            }
        }
    }

    /// What to do next.
    pub fn next_action(&mut self) -> Action {
        loop {
            if self.over {
                return Action::Done;
            }
            if let Some(action) = self.settle_streams() {
                return action;
            }
            if self.pending.is_empty() && !self.refill() {
                return match self.finish() {
                    Some(action) => action,
                    None => Action::Done,
                };
            }
            let Some(step) = self.pending.front().cloned() else {
                continue;
            };
            if let Some(action) = self.perform(&step) {
                return action;
            }
        }
    }

    /// Takes the next step of the play; `false` when there is none.
    fn refill(&mut self) -> bool {
        match &self.play.steps {
            Steps::Fixed(steps) => match steps.get(self.next_fixed) {
                Some(step) => {
                    self.next_fixed += 1;
                    self.pending.push_back(Arc::new(step.clone()));
                    true
                }
                None => false,
            },
            Steps::Script(script, spec) => match script.next(self.play, spec, &self.log) {
                Next::Step(step) => {
                    self.pending.push_back(Arc::new(step));
                    true
                }
                Next::Done => false,
            },
        }
    }

    /// The step is over. Each step of a script leaves an answer in the log, so that the script goes on.
    fn done(&mut self, answer: Answer) {
        self.pending.pop_front();
        if matches!(self.play.steps, Steps::Script(..)) {
            self.log.push(answer);
        }
    }

    /// Does what can be done of a step; `Some` when the driver must act first.
    fn perform(&mut self, step: &Step) -> Option<Action> {
        match *step {
            Step::Open(connection) => {
                let action = self.ready(connection, false);
                if action.is_none() {
                    self.done(Answer::default());
                }
                action
            }
            Step::Send(connection, ref payloads) => {
                if let Some(action) = self.ready(connection, true) {
                    return Some(action);
                }
                let segments: Vec<Vec<u8>> = payloads
                    .iter()
                    .map(|one| one.bytes(&self.captures))
                    .collect();
                let state = self.connections.entry(connection).or_default();
                let mut cut = Vec::new();
                for segment in segments {
                    let length = segment.len();
                    cut.extend(self.play.cut.apply(segment, state.sent));
                    state.sent += length;
                }
                if matches!(state.ended, Some(Ended::Quiet(_))) {
                    state.ended = None;
                }
                state.waiting_since = self.now;
                state.read = None;
                if let Some(streams) = &mut self.streams {
                    streams.sent(connection, &cut, self.now);
                }
                if self.play.network.is_some() {
                    (state.question, state.asked, state.lost) = (cut.clone(), 1, false);
                }
                self.done(Answer::default());
                Some(Action::Send(connection, cut))
            }
            Step::Fill(connection, ref payload) => {
                if let Some(action) = self.ready(connection, true) {
                    return Some(action);
                }
                self.done(Answer::default());
                Some(Action::Fill(connection, payload.bytes(&self.captures)))
            }
            Step::Expect(connection, ref expectation) => {
                if let Some(action) = self.ready(connection, true) {
                    return Some(action);
                }
                if std::mem::take(&mut self.connections.entry(connection).or_default().lost) {
                    return self.ask_again(connection);
                }
                match self.check(connection, expectation) {
                    Progress::More => Some(Action::Await(connection, self.patience(connection))),
                    Progress::Met(met) => {
                        let answer = self.take(connection, met);
                        self.done(answer);
                        None
                    }
                    Progress::Wrong { finding, actual } => {
                        self.fail(connection, finding, Some(expectation), actual);
                        if self.play.style.discovering {
                            self.go_on(connection);
                        }
                        None
                    }
                }
            }
            Step::Collect(connection) => self.collect(connection),
            Step::Drain(connection) => self.drain(connection),
            Step::ExpectEnd(connection, end) => self.expect_end(connection, end),
            Step::ExpectSilence(connection) => {
                if let Some(action) = self.ready(connection, true) {
                    return Some(action);
                }
                if let Some(extra) = self.leftover(connection) {
                    self.fail(connection, Finding::Extra, None, extra);
                    return None;
                }
                match self.connections.entry(connection).or_default().ended {
                    None => Some(Action::Await(connection, Patience::Quiet)),
                    Some(_) => {
                        self.done(Answer::default());
                        None
                    }
                }
            }
            Step::ExpectRead(connection) => {
                if let Some(action) = self.ready(connection, true) {
                    return Some(action);
                }
                let state = self.connections.entry(connection).or_default();
                match state.read {
                    Some(true) => self.done(Answer::default()),
                    // An end of the target's own words does not say that it reads no more.
                    None if state.ended != Some(Ended::Reset) => {
                        return Some(Action::Await(connection, Patience::Read));
                    }
                    Some(false) | None => {
                        let finding = unread(state, self.play.framing);
                        self.fail(connection, finding, None, Vec::new());
                    }
                }
                None
            }
            Step::Do(connection, deed) => {
                if let Some(action) = self.ready(connection, deed == Deed::Stall) {
                    return Some(action);
                }
                let state = self.connections.entry(connection).or_default();
                if matches!(state.ended, Some(Ended::Quiet(_))) {
                    state.ended = None;
                }
                if matches!(deed, Deed::Reset | Deed::Abort | Deed::Close) {
                    self.connections.remove(&connection);
                }
                self.done(Answer::default());
                Some(Action::Do(connection, deed))
            }
            Step::Type(ref payload) => Some(self.type_bytes(payload.bytes(&self.captures))),
            Step::EndInput => {
                self.done(Answer::default());
                Some(Action::EndInput)
            }
            Step::Shows(stream, ref expectation) => self.shows(stream, expectation),
            Step::ShowsNothing(stream) => self.shows_nothing(stream),
            Step::Ends { well } => self.ends(well),
            Step::Bound(protocol) => self.bound(protocol),
            Step::Either(ref branches) if branches.iter().flatten().any(Step::is_on_streams) => {
                self.either_on_streams(branches)
            }
            Step::Either(ref branches) => self.either(branches),
            Step::AnyOrder(ref steps) => self.any_order(steps),
            Step::Wait(time) => {
                self.done(Answer::default());
                Some(Action::Wait(time))
            }
            Step::NonStrict => {
                self.canonical = false;
                match self.play.strict {
                    true => self.fail(1, Finding::Mismatch, None, Vec::new()),
                    false => self.done(Answer::default()),
                }
                None
            }
            Step::Fail(ref message) => {
                let message = message.clone();
                self.fail(1, Finding::Script { message }, None, Vec::new());
                None
            }
        }
    }

    /// Connects and takes the greeting; `None` when that is done.
    fn ready(&mut self, connection: u8, greeting: bool) -> Option<Action> {
        let state = self.connections.entry(connection).or_default();
        if !state.open {
            return Some(Action::Connect(connection));
        }
        if state.greeted || !greeting {
            return None;
        }
        let template = &self.play.style.greeting;
        if self.play.server_first && !state.spoken {
            // The first message is the protocol's own; what the target adds follows it.
            return None;
        }
        match template.fit(state.rest()) {
            _ if self.play.framing == Framing::Datagram => {}
            Fit::Whole(length) => state.taken += length,
            Fit::Partial if state.ended.is_none() => {
                return Some(Action::Await(connection, Patience::Answer));
            }
            // Another greeting, or none: what came stays, and is seen as the answer.
            Fit::Partial | Fit::Other => {}
        }
        state.greeted = true;
        None
    }

    /// How an answer is awaited: of unknown style, or where nothing else ends it, until nothing more comes.
    fn patience(&self, connection: u8) -> Patience {
        let begun = self
            .connections
            .get(&connection)
            .is_some_and(|state| !state.rest().is_empty());
        let until_quiet = self.play.style.discovering || self.play.framing == Framing::Recv;
        match until_quiet && begun {
            true => Patience::Quiet,
            false => Patience::Answer,
        }
    }

    fn seen<'s>(&'s self, state: &'s Connection, skip: usize) -> Seen<'s> {
        let (bytes, ended) = match self.play.framing {
            Framing::Datagram => match state.datagrams.get(skip) {
                Some(datagram) => (&datagram[..], Some(Ended::Quiet(Silence::Blocked))),
                None => (&[][..], state.ended),
            },
            _ => (&state.rest()[skip..], state.ended),
        };
        let context = Context {
            captures: &self.captures,
            dialect: self.play.style.dialect,
            now_us: self.started_us + i64::try_from(state.now.as_micros()).unwrap_or(i64::MAX),
        };
        Seen {
            bytes,
            ended,
            style: &self.play.style,
            framing: self.play.framing,
            body: self.body(),
            context,
        }
    }

    /// The bytes that the step after this one expects, where a line announces them.
    fn body(&self) -> Option<&[u8]> {
        match (&self.play.steps, self.play.framing) {
            (Steps::Fixed(steps), Framing::Lines) => match steps.get(self.next_fixed) {
                Some(Step::Expect(_, Expectation::Bytes(bytes))) => Some(bytes),
                _ => None,
            },
            _ => None,
        }
    }

    fn check(&self, connection: u8, expectation: &Expectation) -> Progress {
        match self.connections.get(&connection) {
            Some(state) => self.check_after(state, 0, expectation),
            None => Progress::More,
        }
    }

    /// Checks an expectation on what follows the first `skip` bytes (datagrams) not yet taken.
    fn check_after(&self, state: &Connection, skip: usize, what: &Expectation) -> Progress {
        let datagrams = self.play.framing == Framing::Datagram;
        if datagrams && state.datagrams.len() <= skip {
            if let Some((from, bytes)) = &state.elsewhere {
                let address = from.clone();
                return Progress::Wrong {
                    finding: Finding::FromElsewhere { address },
                    actual: bytes.clone(),
                };
            }
            return match state.ended {
                None => Progress::More,
                Some(Ended::Quiet(_)) if what.fits_no_datagram(self.seen(state, skip)) => {
                    Progress::Met(Met::default())
                }
                Some(Ended::Quiet(_)) => Progress::Wrong {
                    finding: Finding::NoAnswer {
                        waited_ms: 0,
                        blocked: false,
                    },
                    actual: Vec::new(),
                },
                Some(_) => Progress::Wrong {
                    finding: Finding::Refused,
                    actual: Vec::new(),
                },
            };
        }
        let progress = what.check(self.seen(state, skip));
        match progress {
            Progress::Met(met) if self.play.strict && !met.canonical => Progress::Wrong {
                finding: Finding::Mismatch,
                actual: met.content,
            },
            other => other,
        }
    }

    /// Takes an answer off the stream.
    fn take(&mut self, connection: u8, met: Met) -> Answer {
        self.canonical &= met.canonical;
        self.captures.extend(met.captures.clone());
        let state = self.connections.entry(connection).or_default();
        state.spoken = true;
        let raw = match self.play.framing {
            Framing::Datagram => state.datagrams.pop_front().unwrap_or_default(),
            _ => {
                let raw = state.rest()[..met.consumed].to_vec();
                state.taken += met.consumed;
                raw
            }
        };
        if matches!(state.ended, Some(Ended::Quiet(_))) && state.rest().is_empty() {
            // What was quiet before the next question says nothing about its answer.
            state.ended = None;
        }
        state.waiting_since = self.now;
        let answer = Answer {
            which: met.which,
            content: met.content.clone(),
            captures: met.captures.into_iter().collect(),
        };
        self.outcome.answers.push(Taken {
            connection,
            content: met.content,
            raw,
            right: true,
        });
        answer
    }

    /// A discovery goes on after a wrong answer, as long as answers come: the next may be right.
    fn go_on(&mut self, connection: u8) {
        let state = self.connections.entry(connection).or_default();
        let raw = match self.play.framing {
            Framing::Datagram => state.datagrams.pop_front().unwrap_or_default(),
            _ => state.stream.split_off(state.taken),
        };
        let ended = matches!(state.ended, Some(Ended::Fin | Ended::Reset));
        if raw.is_empty() || ended || matches!(self.play.steps, Steps::Script(..)) {
            return;
        }
        state.ended = None;
        self.outcome.answers.push(Taken {
            connection,
            content: Vec::new(),
            raw,
            right: false,
        });
        self.over = false;
        self.done(Answer::default());
    }

    /// Bytes that came and that no step asked for; prompts and whitespace are none.
    fn leftover(&self, connection: u8) -> Option<Vec<u8>> {
        let state = self.connections.get(&connection)?;
        if let Some(datagram) = state.datagrams.front() {
            return Some(datagram.clone());
        }
        let mut rest = state.rest();
        if !state.greeted {
            // What the target adds to its first message may still be under way.
            match self.play.style.greeting.fit(rest) {
                Fit::Whole(length) => rest = &rest[length..],
                Fit::Partial => return None,
                Fit::Other => {}
            }
        }
        if !self.play.styled {
            return (!rest.is_empty()).then(|| rest.to_vec());
        }
        let start = unit::skip_prompt(&self.play.style, rest, Some(Ended::Fin)).unwrap_or(0);
        let extra = &rest[start..];
        extra
            .iter()
            .any(|byte| !byte.is_ascii_whitespace() && *byte != 0)
            .then(|| extra.to_vec())
    }

    fn collect(&mut self, connection: u8) -> Option<Action> {
        if let Some(action) = self.ready(connection, false) {
            return Some(action);
        }
        let state = self.connections.entry(connection).or_default();
        let datagram = self.play.framing == Framing::Datagram && !state.datagrams.is_empty();
        if state.ended.is_none() && !datagram {
            // After a question an answer is waited for; the rest of it, and a greeting, until quiet.
            let asked = state.sent > 0 && state.rest().is_empty();
            let patience = if asked {
                Patience::Answer
            } else {
                Patience::Quiet
            };
            return Some(Action::Await(connection, patience));
        }
        let raw = match datagram {
            true => state.datagrams.pop_front().unwrap_or_default(),
            false => state.stream.split_off(state.taken),
        };
        state.greeted = true;
        let content = raw.clone();
        self.outcome.answers.push(Taken {
            connection,
            content: content.clone(),
            raw,
            right: true,
        });
        self.done(Answer {
            content,
            ..Answer::default()
        });
        None
    }

    /// Ends the play; the first failure counts.
    fn fail(
        &mut self,
        connection: u8,
        finding: Finding,
        expectation: Option<&Expectation>,
        actual: Vec<u8>,
    ) {
        let state = self.connections.entry(connection).or_default();
        let waited = self.now.saturating_sub(state.waiting_since);
        let waited_ms = u64::try_from(waited.as_millis()).unwrap_or(u64::MAX);
        let blocked = state.ended == Some(Ended::Quiet(Silence::Blocked));
        let finding = match finding {
            Finding::NoAnswer { .. } => Finding::NoAnswer { waited_ms, blocked },
            Finding::Incomplete { .. } => Finding::Incomplete { waited_ms, blocked },
            Finding::NotClosed { .. } => Finding::NotClosed { waited_ms },
            Finding::NotRead { .. } => Finding::NotRead { waited_ms },
            other => other,
        };
        self.over = true;
        if matches!(self.outcome.verdict, Verdict::Fail(_)) {
            return;
        }
        let context = Context {
            captures: &self.captures,
            dialect: self.play.style.dialect,
            now_us: 0,
        };
        self.outcome.verdict = Verdict::Fail(Failure {
            finding,
            connection,
            expected: expectation
                .and_then(|one| one.in_words(&self.play.style, self.play.framing, context))
                .unwrap_or_default(),
            pattern: expectation.and_then(Expectation::shown),
            actual,
            answered: self.outcome.answers.len(),
        });
    }
}

/// Why not all that was sent was read.
fn unread(state: &Connection, framing: Framing) -> Finding {
    match state.ended {
        Some(Ended::Fin) => Finding::ClosedEarly,
        Some(Ended::Reset) if framing == Framing::Datagram => Finding::Refused,
        Some(Ended::Reset) => Finding::ResetEarly,
        Some(Ended::Quiet(_)) | None => Finding::NotRead { waited_ms: 0 },
    }
}
