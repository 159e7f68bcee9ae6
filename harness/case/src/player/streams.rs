//! The program's own streams in a dialogue: what is typed, what shows, how the program ends.
//!
//! A program may print more than a dialogue asks for (a greeting, a log), and a constant prefix before each line:
//! lines are looked for in what it prints, in their order, and each may show as often as it was sent. What was
//! printed before a dialogue with clients begins is none of its business.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{Action, Input, Patience, Player, STREAMS, Taken};
use crate::diagnosis::Finding;
use crate::expect::Expectation;
use crate::pattern::{Captures, Context};
use crate::play::{Ending, Play, Step, Steps};
use crate::port::PortSeen;
use crate::program::{Exit, ProgramFinding, Stream};
use crate::script::Answer;
use crate::transcript::Silence;

/// How much of what was printed is shown to a reader, in bytes.
const SHOWN_BYTES: usize = 2048;

/// The program's streams as they stand.
#[derive(Debug)]
pub(super) struct Streams {
    /// Whether the dialogue has begun: what was printed before is over.
    begun: bool,
    pub(super) out: Shown,
    err: Shown,
    pub(super) exit: Option<Exit>,
    quiet: Option<Silence>,
    /// What the kernel said of the ports that the step is about.
    pub(super) ports: Option<Vec<PortSeen>>,
    /// What stands before each line, with its digits made alike, once it is known.
    prefix: Option<Vec<u8>>,
    /// Whether a question to the user may stand before that, or be missing there.
    asks: bool,
    /// What was sent on each connection.
    sent: BTreeMap<u8, Vec<u8>>,
    /// What stood unfinished on the screen when the dialogue began.
    unfinished: Vec<u8>,
    waiting_since: Duration,
}

/// What one output has shown.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) text: Vec<u8>,
    /// Where the dialogue began.
    from: usize,
    /// How far it has been taken.
    taken: usize,
}

/// Something found in an output.
struct Found {
    /// Where it ends.
    end: usize,
    content: Vec<u8>,
    /// The line it stands in.
    raw: Vec<u8>,
    canonical: bool,
    captures: Captures,
    prefix: Option<Vec<u8>>,
}

/// How an output compares with an expectation.
enum Look {
    Found(Found),
    /// It stands at the end, without a line end.
    Unfinished(Vec<u8>),
    Not,
}

impl Streams {
    pub(super) fn of(play: &Play) -> Self {
        let prefix = (play.style.screen.as_ref()).and_then(|screen| screen.prefix.as_deref());
        Streams {
            // A program that nobody connects to has been started for this dialogue.
            begun: match &play.steps {
                Steps::Fixed(steps) => !steps.iter().any(|step| step.connection().is_some()),
                Steps::Script(..) => true,
            },
            out: Shown::default(),
            err: Shown::default(),
            exit: None,
            quiet: None,
            ports: None,
            prefix: prefix.map(alike),
            asks: play.talks_to_two()
                || (play.style.screen.as_ref()).is_some_and(|screen| screen.asks),
            sent: BTreeMap::new(),
            unfinished: Vec::new(),
            waiting_since: Duration::ZERO,
        }
    }

    /// Takes down what a client sends.
    pub(super) fn sent(&mut self, connection: u8, segments: &[Vec<u8>], now: Duration) {
        self.waiting_since = now;
        let sent = self.sent.entry(connection).or_default();
        segments.iter().for_each(|one| sent.extend_from_slice(one));
        self.quiet = None;
    }

    fn of_stream(&self, stream: Stream) -> &Shown {
        match stream {
            Stream::Out => &self.out,
            Stream::Err => &self.err,
        }
    }

    fn of_stream_mut(&mut self, stream: Stream) -> &mut Shown {
        match stream {
            Stream::Out => &mut self.out,
            Stream::Err => &mut self.err,
        }
    }

    /// From now on the dialogue counts.
    fn begin(&mut self) {
        self.begun = true;
        self.quiet = None;
        for shown in [&mut self.out, &mut self.err] {
            let line = shown.text.iter().rposition(|byte| *byte == b'\n');
            shown.from = line.map_or(0, |at| at + 1);
            shown.taken = shown.from;
        }
        self.unfinished = self.out.text[self.out.from..].to_vec();
    }

    /// Whether nothing more will show, for now or for ever.
    pub(super) fn is_still(&self) -> bool {
        self.quiet.is_some() || self.exit.is_some()
    }

    /// Whether `before` may stand before a line: the prefix, perhaps behind what another client left unfinished.
    fn may_precede(&self, before: &[u8]) -> bool {
        let is_prefix = |bytes: &[u8]| match &self.prefix {
            Some(prefix) if self.asks => {
                let bytes = alike(bytes);
                // A question does not end in the midst of a word.
                let is_question = |text: &[u8]| !text.last().is_some_and(u8::is_ascii_alphanumeric);
                prefix.ends_with(&bytes) || bytes.strip_suffix(&prefix[..]).is_some_and(is_question)
            }
            Some(prefix) => {
                alike(bytes) == *prefix || alike(bytes.trim_ascii_end()) == *prefix.trim_ascii_end()
            }
            None => true,
        };
        if is_prefix(before) {
            return true;
        }
        let cut = |sent: &Vec<u8>| {
            let line = sent.iter().rposition(|byte| *byte == b'\n');
            sent[line.map_or(0, |at| at + 1)..].to_vec()
        };
        let cut = self.sent.values().map(cut).chain([self.unfinished.clone()]);
        cut.filter(|left| !left.is_empty()).any(|left| {
            let replaced = String::from_utf8_lossy(&left).into_owned().into_bytes();
            [left, replaced].iter().any(|left| {
                let rest = |at: usize| (&before[..at], &before[at + left.len()..]);
                let places = (0..=before.len().saturating_sub(left.len()))
                    .filter(|at| before[*at..].starts_with(left));
                places.map(rest).any(|(first, second)| {
                    (first.is_empty() || is_prefix(first))
                        && (second.is_empty() || is_prefix(second))
                })
            })
        })
    }

    /// Looks for what is expected in what has shown and was not taken.
    fn look(&self, stream: Stream, expectation: &Expectation, context: Context<'_>) -> Look {
        let shown = self.of_stream(stream);
        let rest = &shown.text[shown.taken..];
        if let Expectation::Bytes(bytes) | Expectation::Learnt(bytes) = expectation {
            let last = rest.len().checked_sub(bytes.len());
            let at = last.and_then(|last| (0..=last).find(|at| rest[*at..].starts_with(bytes)));
            return at.map_or(Look::Not, |at| {
                Look::Found(Found {
                    end: shown.taken + at + bytes.len(),
                    content: bytes.clone(),
                    raw: bytes.clone(),
                    canonical: at == 0,
                    captures: Captures::new(),
                    prefix: None,
                })
            });
        }
        // A pattern picks a line out of many; a text stands for all that should show.
        let picks = matches!(expectation, Expectation::Patterns(_));
        let (mut at, mut plain) = (shown.taken, true);
        while let Some(length) = shown.text[at..].iter().position(|byte| *byte == b'\n') {
            let line = &shown.text[at..at + length];
            at += length + 1;
            if let Some(found) = self.fits(line, expectation, context) {
                return Look::Found(Found {
                    end: at,
                    canonical: found.canonical && plain,
                    ..found
                });
            }
            // What was sent and is not waited for may show all the same.
            plain &= picks || line.is_empty() || self.sent_lines().any(|sent| shows_as(sent, line));
        }
        let line = &shown.text[at..];
        match self.fits(line, expectation, context) {
            // A question that the program asks has no line end; what it must show has one.
            Some(found) if matches!(expectation, Expectation::Patterns(_)) && self.is_still() => {
                Look::Found(Found {
                    end: shown.text.len(),
                    canonical: found.canonical && plain,
                    ..found
                })
            }
            Some(_) if !line.is_empty() => Look::Unfinished(line.to_vec()),
            _ => Look::Not,
        }
    }

    /// The lines that were sent, an unfinished last one of each client included.
    fn sent_lines(&self) -> impl Iterator<Item = &[u8]> {
        self.sent
            .values()
            .flat_map(|sent| sent.split(|byte| *byte == b'\n'))
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// Whether a line is what is expected, behind what may stand before it.
    fn fits(&self, line: &[u8], expectation: &Expectation, context: Context<'_>) -> Option<Found> {
        let plain = line.strip_suffix(b"\r").unwrap_or(line);
        let found =
            |content: &[u8], canonical: bool, captures: Captures, prefix: Option<Vec<u8>>| Found {
                end: 0,
                content: content.to_vec(),
                raw: plain.to_vec(),
                canonical: canonical && plain.len() == line.len(),
                captures,
                prefix,
            };
        match expectation {
            Expectation::Text(text) | Expectation::Bytes(text) | Expectation::Learnt(text) => {
                let before = plain.strip_suffix(&text[..])?;
                self.may_precede(before).then(|| {
                    found(
                        text,
                        before.is_empty(),
                        Captures::new(),
                        Some(before.to_vec()),
                    )
                })
            }
            // What a program shows is no HTTP.
            Expectation::Http(_) => None,
            Expectation::Patterns(patterns) => patterns.iter().find_map(|one| {
                let whole = one.whole(plain, context);
                whole.map(|seen| found(plain, seen.canonical, seen.captures, None))
            }),
        }
    }

    /// A line that shows more often than it was sent.
    fn repeated(&self, steps: &[Step]) -> Option<Vec<u8>> {
        let texts = steps.iter().filter_map(|step| match step {
            Step::Shows(Stream::Out, Expectation::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        });
        let shown = &self.out.text[self.out.from..];
        let prefix = self.prefix.as_deref().unwrap_or_default();
        let repeats = |text: &&Vec<u8>| {
            let is_shown = |line: &&[u8]| {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                let before = line.strip_suffix(&text[..]);
                before.is_some_and(|before| alike(before) == prefix)
            };
            let allowed = self.sent_lines().filter(|line| line == text).count();
            let shown = shown.split(|byte| *byte == b'\n').filter(is_shown);
            allowed > 0 && shown.count() > allowed
        };
        texts.clone().find(repeats).cloned()
    }

    /// What has shown since the last step that was met.
    fn rest(&self, stream: Stream) -> Vec<u8> {
        let shown = self.of_stream(stream);
        let rest = &shown.text[shown.taken..];
        rest[..rest.len().min(SHOWN_BYTES)].to_vec()
    }
}

/// Whether a line may show so: as it was sent, or with U+FFFD for what is not UTF-8.
fn shows_as(sent: &[u8], line: &[u8]) -> bool {
    sent == line || String::from_utf8_lossy(sent).as_bytes() == line
}

/// The bytes with every run of digits made one, so that ports, times and numbers are alike.
fn alike(bytes: &[u8]) -> Vec<u8> {
    let mut alike: Vec<u8> = Vec::with_capacity(bytes.len());
    for byte in bytes {
        match byte {
            b'0'..=b'9' if alike.last() == Some(&b'0') => {}
            b'0'..=b'9' => alike.push(b'0'),
            other => alike.push(*other),
        }
    }
    alike
}

impl Player<'_> {
    /// Something happened on the program's streams.
    pub(super) fn hear(&mut self, input: Input) {
        let Some(streams) = &mut self.streams else {
            return;
        };
        match input {
            Input::Printed(stream, bytes) => {
                streams.quiet = None;
                streams.of_stream_mut(stream).text.extend(bytes);
            }
            Input::Exited(exit) => streams.exit = Some(exit),
            Input::Quiet(silence) => streams.quiet = Some(silence),
            Input::Ports(seen) => streams.ports = Some(seen),
            Input::Flooded => {
                let actual = streams.rest(Stream::Out);
                self.fail(STREAMS, Finding::Flooded, None, actual);
            }
            _ => {}
        }
    }

    /// Before the first step: waits until what was printed before has come.
    pub(super) fn settle_streams(&mut self) -> Option<Action> {
        let streams = self.streams.as_mut().filter(|streams| !streams.begun)?;
        if !streams.is_still() {
            return Some(Action::Await(STREAMS, Patience::Quiet));
        }
        streams.begin();
        None
    }

    /// Types something.
    pub(super) fn type_bytes(&mut self, bytes: Vec<u8>) -> Action {
        if let Some(streams) = &mut self.streams {
            streams.quiet = None;
            streams.waiting_since = self.now;
        }
        self.done(Answer::default());
        Action::Type(bytes)
    }

    fn look(&self, stream: Stream, expectation: &Expectation) -> Look {
        let context = Context {
            captures: &self.captures,
            dialect: self.play.style.dialect,
            now_us: self.started_us + i64::try_from(self.now.as_micros()).unwrap_or(i64::MAX),
        };
        match &self.streams {
            Some(streams) => streams.look(stream, expectation, context),
            None => Look::Not,
        }
    }

    fn is_still(&self) -> bool {
        self.streams.as_ref().is_none_or(Streams::is_still)
    }

    /// Waits for a line.
    pub(super) fn shows(&mut self, stream: Stream, expectation: &Expectation) -> Option<Action> {
        match self.look(stream, expectation) {
            Look::Found(found) if self.play.strict && !found.canonical => {
                self.fail(STREAMS, Finding::Mismatch, Some(expectation), found.raw);
            }
            Look::Found(found) => self.take_shown(stream, found),
            _ if !self.is_still() => return Some(Action::Await(STREAMS, Patience::Answer)),
            Look::Unfinished(line) => {
                self.fail(STREAMS, Finding::NoNewline, Some(expectation), line);
            }
            Look::Not => self.not_shown(stream, Some(expectation)),
        }
        None
    }

    fn take_shown(&mut self, stream: Stream, found: Found) {
        self.canonical &= found.canonical;
        self.captures.extend(found.captures.clone());
        if let Some(streams) = &mut self.streams {
            streams.of_stream_mut(stream).taken = found.end;
            if let (None, Some(prefix)) = (&streams.prefix, &found.prefix) {
                streams.prefix = Some(alike(prefix));
            }
            streams.waiting_since = self.now;
        }
        self.outcome.answers.push(Taken {
            connection: STREAMS,
            content: found.content.clone(),
            raw: found.raw,
            right: true,
        });
        self.done(Answer {
            which: 0,
            content: found.content,
            captures: found.captures.into_iter().collect(),
        });
    }

    fn waited_ms(&self) -> u64 {
        let since = self.streams.as_ref().map(|streams| streams.waiting_since);
        let waited = self.now.saturating_sub(since.unwrap_or_default());
        u64::try_from(waited.as_millis()).unwrap_or(u64::MAX)
    }

    fn not_shown(&mut self, stream: Stream, expectation: Option<&Expectation>) {
        let exit = self.streams.as_ref().and_then(|streams| streams.exit);
        let actual = self.streams.as_ref().map(|streams| streams.rest(stream));
        let finding = match exit {
            Some(exit) => ProgramFinding::EndedEarly(exit),
            None => ProgramFinding::NotShown(self.waited_ms()),
        };
        let finding = Finding::Program(finding);
        self.fail(STREAMS, finding, expectation, actual.unwrap_or_default());
    }

    /// Nothing may show.
    pub(super) fn shows_nothing(&mut self, stream: Stream) -> Option<Action> {
        let rest = self.streams.as_ref().map(|streams| streams.rest(stream));
        match rest.filter(|rest| !rest.trim_ascii().is_empty()) {
            Some(rest) => {
                let finding = Finding::Program(ProgramFinding::Printed);
                self.fail(STREAMS, finding, None, rest);
            }
            None if !self.is_still() => return Some(Action::Await(STREAMS, Patience::Quiet)),
            None => self.done(Answer::default()),
        }
        None
    }

    /// Waits for the program's end.
    pub(super) fn ends(&mut self, well: bool) -> Option<Action> {
        let streams = self.streams.as_ref()?;
        match (streams.exit, streams.quiet) {
            (Some(exit), _) if well && !exit.is_clean() => {
                let finding = Finding::Program(ProgramFinding::EndedBadly(exit));
                let actual = streams.rest(Stream::Err);
                self.fail(STREAMS, finding, None, actual);
            }
            (Some(_), _) => self.done(Answer::default()),
            (None, None) => return Some(Action::Await(STREAMS, Patience::Close)),
            (None, Some(_)) => {
                let finding = Finding::Program(ProgramFinding::NotEnded(self.waited_ms()));
                let actual = streams.rest(Stream::Out);
                self.fail(STREAMS, finding, None, actual);
            }
        }
        None
    }

    /// Chooses a branch by its first step: the first that has happened.
    pub(super) fn either_on_streams(&mut self, branches: &[Vec<Step>]) -> Option<Action> {
        let mut wrong = None;
        for branch in branches {
            let Some(first) = branch.first() else {
                continue;
            };
            let happened = match first {
                Step::Shows(stream, expectation) => {
                    wrong = wrong.or(Some((*stream, expectation.clone())));
                    matches!(self.look(*stream, expectation), Look::Found(_))
                }
                Step::ShowsNothing(stream) => {
                    let rest = self.streams.as_ref().map(|streams| streams.rest(*stream));
                    self.is_still() && rest.is_none_or(|rest| rest.trim_ascii().is_empty())
                }
                Step::Ends { .. } => self.streams.as_ref().is_some_and(|one| one.exit.is_some()),
                // What the wire says is awaited as an ordinary step.
                _ => self.is_still(),
            };
            if happened {
                self.pending.pop_front();
                branch
                    .iter()
                    .rev()
                    .for_each(|step| self.pending.push_front(Arc::new(step.clone())));
                return None;
            }
        }
        if !self.is_still() {
            return Some(Action::Await(STREAMS, Patience::Answer));
        }
        let (stream, expectation) = match wrong {
            Some((stream, expectation)) => (stream, Some(expectation)),
            None => (Stream::Out, None),
        };
        self.not_shown(stream, expectation.as_ref());
        None
    }

    /// After the last step: whether some line shows too often.
    pub(super) fn finish_streams(&mut self) -> Option<Action> {
        let streams = self.streams.as_ref()?;
        // What is derived from a dialogue repeats it: the wait would be for nothing.
        if self.play.ending != Ending::Leave && !streams.is_still() {
            return Some(Action::Await(STREAMS, Patience::Quiet));
        }
        let Steps::Fixed(steps) = &self.play.steps else {
            return None;
        };
        if let Some(line) = streams.repeated(steps) {
            let expected = Expectation::Text(line);
            let finding = Finding::Program(ProgramFinding::ShownTwice);
            let actual = self.streams.as_ref().map(|one| {
                let all = &one.out.text[one.out.from..];
                all[..all.len().min(SHOWN_BYTES)].to_vec()
            });
            self.fail(
                STREAMS,
                finding,
                Some(&expected),
                actual.unwrap_or_default(),
            );
        }
        None
    }
}
