//! Whether a client did right, from the transcript of one play.

use super::finding::ClientFinding;
use super::manner::Manner;
use super::plan::{Act, Arguments, BadAnswer, ClientPlay, Delivery, Leaving, Losing};
use super::record::Record;
use super::talk::{Say, Shows};
use crate::diagnosis::{Cause, Finding};
use crate::pattern::{Captures, Context};
use crate::program::Exit;
use crate::transcript::Transcript;

/// What one play came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As the reference client does.
    Pass,
    /// Accepted.
    NonStrict,
    /// Wrong.
    Fail(Failure),
}

impl Verdict {
    /// Whether the points are earned.
    pub fn is_right(&self) -> bool {
        !matches!(self, Verdict::Fail(_))
    }
}

/// Why a play failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What was seen.
    pub finding: Finding,
    /// What it means.
    pub cause: Cause,
    /// What should have come, or shown.
    pub expected: Vec<u8>,
    /// What came, or showed.
    pub actual: Vec<u8>,
}

/// Signals that only a mistake in the program raises.
const CRASHES: [i32; 4] = [4, 7, 8, 11];

/// Traces that run-times print of an error that nobody caught.
const TRACES: [&str; 9] = [
    "Traceback (most recent call last)",
    "Exception in thread",
    "\tat java.",
    "panicked at",
    "goroutine 1 [",
    "node:internal",
    "node:events",
    "terminate called after",
    "(most recent call first)",
];

/// Judges a play.
pub fn judge(play: &ClientPlay, manner: &Manner, transcript: &Transcript) -> Verdict {
    let record = record(play, transcript);
    let judge = Judge {
        play,
        manner,
        record: &record,
    };
    match judge.run() {
        Ok(true) => Verdict::Pass,
        Ok(false) if play.strict => Verdict::Fail(judge.failure(ClientFinding::NotAsReference)),
        Ok(false) => Verdict::NonStrict,
        Err(failure) => Verdict::Fail(failure),
    }
}

fn record(play: &ClientPlay, transcript: &Transcript) -> Record {
    Record::of(transcript, &play.talk.exchanges)
}

/// Whether no answer showed before the last question was typed: only then may a client keep its output in a buffer.
pub fn hides_all(play: &ClientPlay, transcript: &Transcript) -> bool {
    let record = record(play, transcript);
    let Some((last, before)) = record.stages.split_last() else {
        return true;
    };
    let shown = before.last().map_or(last.out_to, |stage| stage.out_to);
    let answers = (0..before.len()).flat_map(|stage| play.talk.says(stage.checked_sub(1)));
    let mut texts = answers.map(|say| &say.text).filter(|text| !text.is_empty());
    !texts.any(|text| find(&record.out[..shown], text).is_some())
}

/// Whether an answer shows in `out`; gives where it ends.
pub fn shown(shows: &Shows, out: &[u8], strict: bool) -> Option<usize> {
    if let Some(text) = &shows.text
        && let Some(at) = find(out, text)
    {
        return Some(at + text.len());
    }
    // The canonical text is what `--strict` asks for, where there is one.
    let form = shows
        .form
        .as_ref()
        .filter(|_| !strict || shows.text.is_none())?;
    let captures = Captures::new();
    let context = Context {
        captures: &captures,
        dialect: None,
        now_us: 0,
    };
    let mut end = 0;
    for line in out.split_inclusive(|byte| *byte == b'\n') {
        end += line.len();
        if form.whole(line.trim_ascii(), context).is_some() {
            return Some(end);
        }
    }
    None
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.is_empty() {
        return Some(0);
    }
    text.windows(wanted.len()).position(|part| part == wanted)
}

struct Judge<'a> {
    play: &'a ClientPlay,
    manner: &'a Manner,
    record: &'a Record,
}

type Right = Result<bool, Failure>;

impl Judge<'_> {
    fn run(&self) -> Right {
        let count = self.play.talk.exchanges.len();
        match self.play.act {
            Act::Serve(_) => {
                self.dialogue(count)?;
                self.ends_as_it_may()
            }
            Act::Requests => {
                self.dialogue(count)?;
                self.ends_requests(count)
            }
            Act::Lose(Losing::Doubled | Losing::Elsewhere) => {
                self.shows_strangers()?;
                self.dialogue(count)?;
                self.ends_as_it_may()
            }
            Act::Leave(how) => {
                if let Some(at) = self.play.at().filter(|_| how != Leaving::AtOnce) {
                    self.dialogue(at)?;
                }
                self.misses_server()
            }
            Act::Refuse if self.play.datagrams => self.misses_answers(),
            Act::Refuse => self.misses_server(),
            Act::Answer(_) => self.survives(count),
            Act::End(_) => {
                self.dialogue(usize::from(self.record.stages.len() > 1).min(count))?;
                self.ends_well()
            }
            Act::Lose(Losing::All) => self.gives_up(),
            Act::Lose(Losing::First | Losing::Late) => self.recovers(count),
            Act::Arguments(_) => self.refuses_arguments(),
        }
    }

    /// The opening and the first `count` exchanges: what was typed arrived, and the answers show.
    fn dialogue(&self, count: usize) -> Result<(), Failure> {
        self.asks_by_itself()?;
        let mut from = 0;
        for stage in 0..=count {
            let at = stage.checked_sub(1);
            if let Some(at) = at {
                if self.ended_before(at) {
                    break;
                }
                self.arrived(at)?;
                self.in_turn(at)?;
            }
            for say in self.play.talk.says(at) {
                let (begin, end) = self.record.output(stage, self.manner.shows_at_end);
                if !self
                    .record
                    .stages
                    .get(stage)
                    .is_some_and(|one| one.answered)
                {
                    return Err(self.nothing_sent());
                }
                let begin = begin.max(from).min(end);
                let out = &self.record.out[begin..end];
                match shown(&say.shows, out, self.play.strict) {
                    Some(length) => from = begin + length,
                    None => return Err(self.not_shown(stage, say, out)),
                }
                self.shows_no_rest(stage, say, &self.record.out[from..end])?;
            }
        }
        Ok(())
    }

    /// Behind an answer stands nothing of a longer one before it: a buffer that was filled again, and is shown
    /// farther than it was.
    fn shows_no_rest(&self, stage: usize, say: &Say, after: &[u8]) -> Result<(), Failure> {
        let after = after.strip_prefix(b"\n").unwrap_or(after);
        let earlier = (0..stage).flat_map(|one| self.play.talk.says(one.checked_sub(1)));
        for other in earlier.filter(|other| other.text != say.text) {
            // The line end may have been taken off before the buffer was shown.
            for length in [say.text.len(), say.wire(b"\n").len()] {
                let rest = other.text.get(length..).unwrap_or_default();
                // A byte or two may be there by chance, or belong to the frame.
                if rest.len() > 2 && after.starts_with(rest) {
                    return Err(Failure {
                        expected: say.text.clone(),
                        actual: [&say.text[..], rest].concat(),
                        ..self.failure(ClientFinding::ShownWithRest)
                    });
                }
            }
        }
        Ok(())
    }

    /// The request that the client makes by itself came whole.
    fn asks_by_itself(&self) -> Result<(), Failure> {
        let Some(request) = &self.play.talk.request else {
            return Ok(());
        };
        let stage = &self.record.stages[0];
        if stage.answered || request.length(&stage.received).is_some() {
            return Ok(());
        }
        match self.record.exit {
            Some(exit) if is_crash(exit) => Err(self.failure(ClientFinding::Crashed(exit))),
            Some(_) if stage.received.is_empty() => Err(self.nothing_sent()),
            _ => Err(self.failure(ClientFinding::NoWholeRequest)),
        }
    }

    /// Whether the client ended well after the answer before, where the server had closed, and never came again.
    fn ended_before(&self, at: usize) -> bool {
        let was_over = at
            .checked_sub(1)
            .and_then(|at| self.play.talk.exchanges.get(at));
        let stage = self.record.stages.get(at + 1);
        was_over.is_some_and(|before| before.closes)
            && stage.is_none_or(|stage| stage.received.is_empty())
            && self.record.exit == Some(Exit::Code(0))
    }

    fn arrived(&self, at: usize) -> Result<(), Failure> {
        let stage = self.record.stages.get(at + 1);
        if stage.is_some_and(|stage| stage.answered) {
            return Ok(());
        }
        let exchange = &self.play.talk.exchanges[at];
        if exchange.answers.is_empty()
            && find(&self.record.received(at + 1), &exchange.sends).is_some()
        {
            return Ok(());
        }
        let received = stage.map_or(&[][..], |stage| &stage.received);
        if !received.is_empty() || (self.record.came && self.record.exit.is_none()) {
            let limit = self.play.times.react;
            return Err(Failure {
                expected: exchange.sends.clone(),
                actual: received.to_vec(),
                ..self.failure(ClientFinding::NotSent { limit })
            });
        }
        Err(self.nothing_sent())
    }

    /// No line that was typed ahead arrived before the answer that gave it its turn.
    fn in_turn(&self, at: usize) -> Result<(), Failure> {
        let exchange = &self.play.talk.exchanges[at];
        let mut heard = self.record.received(at);
        if let Some(stage) = self.record.stages.get(at + 1) {
            heard.extend_from_slice(&stage.received[..stage.asked]);
        }
        match exchange
            .ahead
            .iter()
            .any(|line| find(&heard, line).is_some())
        {
            false => Ok(()),
            true => Err(Failure {
                expected: exchange.sends.clone(),
                actual: heard,
                ..self.failure(ClientFinding::SentOutOfTurn)
            }),
        }
    }

    /// Each request ended with a line feed; a CR before it is accepted.
    fn ends_requests(&self, count: usize) -> Right {
        let mut canonical = true;
        for (stage, exchange) in self.record.stages[1..]
            .iter()
            .zip(&self.play.talk.exchanges)
            .take(count)
        {
            if !stage.received.ends_with(b"\n") {
                return Err(Failure {
                    expected: [&exchange.sends[..], b"\n"].concat(),
                    actual: stage.received.clone(),
                    ..self.failure(ClientFinding::NoLineFeed)
                });
            }
            canonical &= !stage.received.ends_with(b"\r\n");
        }
        Ok(canonical)
    }

    fn nothing_sent(&self) -> Failure {
        match self.record.exit {
            Some(exit) if is_crash(exit) => self.failure(ClientFinding::Crashed(exit)),
            Some(exit) => self.failure(ClientFinding::EndedEarly(exit)),
            None => self.failure(ClientFinding::NothingSent {
                limit: self.play.times.start,
            }),
        }
    }

    fn not_shown(&self, stage: usize, say: &Say, out: &[u8]) -> Failure {
        if let Some(exit) = self.record.exit.filter(|exit| is_crash(*exit)) {
            return self.failure(ClientFinding::Crashed(exit));
        }
        let earlier = (0..stage).flat_map(|one| self.play.talk.says(one.checked_sub(1)));
        let finding = match earlier
            .filter(|other| other.text != say.text && !other.text.is_empty())
            .any(|other| find(out, &other.text).is_some())
        {
            true => ClientFinding::ShownLate,
            false => ClientFinding::NotShown,
        };
        Failure {
            expected: say.shows.text.clone().unwrap_or_else(|| say.text.clone()),
            actual: out.to_vec(),
            ..self.failure(finding)
        }
    }

    /// How a client ends whose user says so is for cases of their own; where the server ends the dialogue, it ends.
    fn ends_as_it_may(&self) -> Right {
        match self.record.exit {
            _ if self.play.talk.ends && self.play.talk.server_may_leave => self.misses_server(),
            _ if self.play.talk.closes => self.ends_well(),
            Some(exit) if is_crash(exit) => Err(self.failure(ClientFinding::Crashed(exit))),
            _ => Ok(true),
        }
    }

    /// An end that the dialogue calls for.
    fn ends_well(&self) -> Right {
        match self.record.exit {
            Some(Exit::Code(0)) => Ok(true),
            Some(exit) if is_crash(exit) => Err(self.failure(ClientFinding::Crashed(exit))),
            Some(exit) => Err(self.failure(ClientFinding::EndsBadly(exit))),
            None => Err(self.failure(ClientFinding::StillRuns {
                limit: self.play.times.end,
            })),
        }
    }

    /// The server left, or was never there: the client says so, and ends with another exit code than 0.
    fn misses_server(&self) -> Right {
        let may_leave = self.play.talk.server_may_leave;
        match self.record.exit {
            None => Err(self.failure(ClientFinding::StaysWithoutServer {
                limit: match may_leave {
                    true => self.play.times.leaves,
                    false => self.play.times.end,
                },
            })),
            Some(exit) if is_crash(exit) => Err(self.failure(ClientFinding::Crashed(exit))),
            Some(exit) if may_leave => {
                let said = self.record.said_after_leaving;
                Ok(exit != Exit::Code(0) && said && !self.has_trace())
            }
            Some(Exit::Code(0)) => Err(self.failure(ClientFinding::EndsAsIfWell)),
            Some(exit) if !self.record.said_after_leaving => {
                Err(self.failure(ClientFinding::EndsSilently(exit)))
            }
            Some(_) => Ok(!self.has_trace()),
        }
    }

    /// Nobody listens, and nobody needs to say so where datagrams are sent: the client says so itself, and ends or
    /// goes on.
    fn misses_answers(&self) -> Right {
        match self.record.exit {
            Some(exit) if is_crash(exit) => Err(self.failure(ClientFinding::Crashed(exit))),
            Some(exit) if !self.record.said_after_leaving => {
                Err(self.failure(ClientFinding::EndsSilently(exit)))
            }
            None if !self.record.said_after_leaving => {
                Err(self.failure(ClientFinding::NothingShows {
                    limit: self.play.times.gives_up,
                }))
            }
            _ => Ok(!self.has_trace()),
        }
    }

    /// An answer that was none: the client goes on, or says so and ends with another exit code than 0.
    fn survives(&self, count: usize) -> Right {
        // The first answer was the bad one.
        let rest = (2..=count).try_for_each(|stage| self.answer_shows(stage));
        match (rest, self.record.exit) {
            (_, Some(exit)) if is_crash(exit) => Err(self.failure(ClientFinding::Crashed(exit))),
            (Ok(()), Some(_)) if count > 1 => Ok(true),
            (Ok(()), Some(Exit::Code(0))) => Ok(true),
            (_, Some(exit)) if exit != Exit::Code(0) => match self.record.all().is_empty() {
                true => Err(self.failure(ClientFinding::EndsSilently(exit))),
                false => Ok(false),
            },
            (Err(failure), _) => Err(failure),
            (Ok(()), _) => self.ends_as_it_may(),
        }
    }

    fn answer_shows(&self, stage: usize) -> Result<(), Failure> {
        self.arrived(stage - 1)?;
        let (begin, end) = self.record.output(stage, self.manner.shows_at_end);
        let out = &self.record.out[begin..end];
        for say in self.play.talk.says(Some(stage - 1)) {
            if shown(&say.shows, out, self.play.strict).is_none() {
                return Err(self.not_shown(stage, say, out));
            }
        }
        Ok(())
    }

    /// No answer ever came: something shows in time, and the client ends or goes back to its prompt.
    fn gives_up(&self) -> Right {
        let times = &self.play.times;
        let asked = self.record.stages.iter().position(|one| one.arrivals > 0);
        let Some(asked) = asked else {
            return Err(self.nothing_sent());
        };
        let stage = &self.record.stages[asked];
        let showed = stage
            .shown_at
            .is_some_and(|at| at.saturating_sub(stage.first_at) <= times.shows);
        if !showed {
            return Err(match self.record.exit {
                Some(exit) if is_crash(exit) => self.failure(ClientFinding::Crashed(exit)),
                Some(exit) => self.failure(ClientFinding::EndsSilently(exit)),
                None => self.failure(ClientFinding::NothingShows { limit: times.shows }),
            });
        }
        // What comes again after the next line was typed is still the first question.
        let next = self.play.talk.exchanges.get(asked);
        let went_on = self.record.stages[asked + 1..]
            .iter()
            .any(|later| match next {
                Some(next) => find(&later.received, &next.sends).is_some(),
                None => later.arrivals > 0,
            });
        match self.record.exit {
            Some(exit) if is_crash(exit) => Err(self.failure(ClientFinding::Crashed(exit))),
            Some(exit) if !stage.said => Err(self.failure(ClientFinding::EndsSilently(exit))),
            Some(_) => Ok(!self.has_trace()),
            None if went_on && stage.said => Ok(true),
            None => Err(self.failure(ClientFinding::WaitsForEver {
                limit: times.gives_up,
            })),
        }
    }

    /// One answer was lost or late: it shows after all, or the client said so; later ones show each for its own
    /// question.
    fn recovers(&self, count: usize) -> Right {
        let Some(first) = self.record.stages.iter().position(|one| one.arrivals > 0) else {
            return Err(self.nothing_sent());
        };
        let stage = &self.record.stages[first];
        if stage.answered {
            self.dialogue(count)?;
            return self.ends_as_it_may();
        }
        // Never asked again.
        let limit = self.play.times.shows;
        if !stage.said {
            return Err(match self.record.exit {
                Some(exit) => self.failure(ClientFinding::EndsSilently(exit)),
                None => self.failure(ClientFinding::NothingShows { limit }),
            });
        }
        match self.record.exit {
            Some(exit) if is_crash(exit) => Err(self.failure(ClientFinding::Crashed(exit))),
            Some(_) if self.record.stages.len() == first + 1 => Ok(!self.has_trace()),
            _ => {
                for later in first + 1..=count {
                    self.answer_shows(later)?;
                }
                self.ends_as_it_may()
            }
        }
    }

    /// Nothing that came from elsewhere shows before it was sent from where it should.
    fn shows_strangers(&self) -> Result<(), Failure> {
        for stage in &self.record.stages {
            for (at, bytes) in &stage.elsewhere {
                let text = bytes.trim_ascii_end();
                let end = match self.manner.shows_at_end {
                    true => self.record.out.len(),
                    false => stage.out_from.max(*at),
                };
                let out = &self.record.out[(*at).min(end)..end];
                if !text.is_empty() && find(out, text).is_some() {
                    return Err(Failure {
                        actual: out.to_vec(),
                        ..self.failure(ClientFinding::TakesAnySender)
                    });
                }
            }
        }
        Ok(())
    }

    fn refuses_arguments(&self) -> Right {
        match self.record.exit {
            None => Err(self.failure(ClientFinding::StillRuns {
                limit: self.play.times.end,
            })),
            Some(exit) if is_crash(exit) => Err(self.failure(ClientFinding::Crashed(exit))),
            Some(Exit::Code(0)) => Err(self.failure(ClientFinding::NoUsageCode)),
            Some(exit) if self.record.all().trim_ascii().is_empty() => {
                Err(self.failure(ClientFinding::NoUsage(exit)))
            }
            Some(_) => Ok(!self.record.err.is_empty() && !self.has_trace()),
        }
    }

    fn has_trace(&self) -> bool {
        let all = self.record.all();
        let text = String::from_utf8_lossy(&all);
        TRACES.iter().any(|trace| text.contains(trace))
    }

    fn failure(&self, finding: ClientFinding) -> Failure {
        Failure {
            cause: self.cause(&finding),
            finding: Finding::Client(finding),
            expected: Vec::new(),
            actual: Vec::new(),
        }
    }

    fn cause(&self, finding: &ClientFinding) -> Cause {
        use ClientFinding as F;
        match (self.play.act, finding) {
            (_, F::NothingSent { .. } | F::NotSent { .. })
                if self.play.act == Act::Serve(Delivery::Whole) =>
            {
                Cause::TypedNotSent
            }
            (_, F::NoWholeRequest) => Cause::IncompleteRequest,
            (_, F::SentOutOfTurn) => Cause::SpeaksOutOfTurn,
            (_, F::ShownWithRest) => Cause::LeaksPreviousDatagram,
            (_, F::StaysWithoutServer { .. }) if self.play.talk.server_may_leave => {
                Cause::WaitsAtKeyboard
            }
            (Act::Requests, F::NoLineFeed) => Cause::TypedNotSent,
            (Act::Serve(Delivery::Whole) | Act::Requests, F::NotShown) => Cause::AnswerNotShown,
            (Act::Serve(Delivery::Whole) | Act::Requests, _) => Cause::EndsWrongly,
            (Act::Serve(Delivery::InsideCharacters), _) => Cause::DecodesEachChunk,
            (Act::Serve(_), _) => Cause::OneRecvOneMessage,
            (Act::Refuse, F::NothingShows { .. }) => Cause::WaitsForEver,
            (Act::Leave(_) | Act::Refuse, _) => Cause::HidesLostServer,
            (Act::Answer(BadAnswer::NotUtf8), _) => Cause::DiesOnInvalidUtf8,
            (Act::Answer(BadAnswer::Empty), _) => Cause::DiesOnEmptyLine,
            (Act::End(_), _) => Cause::EndsWrongly,
            (Act::Lose(Losing::Elsewhere), _) => Cause::TakesAnySender,
            (Act::Lose(Losing::Doubled), _) | (_, F::ShownLate | F::NotShown) => {
                Cause::TakesLateAnswer
            }
            (Act::Lose(_), _) => Cause::WaitsForEver,
            (Act::Arguments(Arguments::Missing | Arguments::Port(_)), _) => {
                Cause::ArgumentsNotChecked
            }
        }
    }
}

fn is_crash(exit: Exit) -> bool {
    matches!(exit, Exit::Signal(signal) if CRASHES.contains(&signal))
}
