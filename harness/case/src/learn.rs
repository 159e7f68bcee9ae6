//! Learns the target's style from the control dialogue.
//!
//! The sheets never fix the wire, so right programs greet, prompt and end their answers in many ways.
//! A style is learnt from good behaviour only: at least two right answers must agree on it.

use std::sync::Arc;

use sockspec_spec::Spec;
use sockspec_spec::model::{Echo, Framing};

use crate::casing::{self, Mapping};
use crate::diagnosis::Finding;
use crate::expect::{Expectation, Seen};
use crate::pattern::{Captures, Context};
use crate::plan::{self, Options, PlannedCase};
use crate::play::{Ending, Play, Step, Steps};
use crate::player::{Outcome, STREAMS, Taken, Verdict};
use crate::style::{AnswerEnd, Dialect, Greeting, RequestEnd, Screen, Style};
use crate::unit::Ended;

/// The control case, played to learn how the target speaks.
pub struct Probe {
    /// The plays, one after another; usually one.
    pub case: PlannedCase,
    spec: Arc<Spec>,
    request_end: RequestEnd,
}

/// What a probe taught.
#[derive(Clone, Debug)]
pub struct Lesson {
    /// The style.
    pub style: Style,
    /// How many answers of the control dialogue were right.
    pub right: usize,
    /// How many there should have been.
    pub of: usize,
    /// How many answers of any kind came.
    pub answered: usize,
}

impl Lesson {
    /// Whether the control dialogue went as it should.
    pub fn is_good(&self) -> bool {
        self.right >= self.of && self.of > 0
    }
}

/// The request ends to try, in the order to try them.
pub fn request_ends(spec: &Spec) -> &'static [RequestEnd] {
    match spec.framing {
        Framing::Lines => &[RequestEnd::Lf, RequestEnd::CrLf, RequestEnd::Nothing],
        Framing::Recv => &[RequestEnd::Nothing, RequestEnd::Lf],
        _ => &[RequestEnd::Lf],
    }
}

impl Probe {
    /// The control dialogue with requests ended so. `None` when the spec has no control case.
    pub fn new(spec: &Arc<Spec>, request_end: RequestEnd, options: &Options) -> Option<Self> {
        Self::with_screen(spec, request_end, options, None)
    }

    /// As [`new`](Self::new), for a program whose streams the harness holds.
    pub fn with_screen(
        spec: &Arc<Spec>,
        request_end: RequestEnd,
        options: &Options,
        screen: Option<Screen>,
    ) -> Option<Self> {
        let control = spec.cases.iter().find(|case| case.id == spec.control)?;
        let style = Arc::new(Style {
            discovering: spec.styled,
            request_end,
            screen,
            ..Style::canonical(spec.framing)
        });
        let options = Options {
            strict: false,
            ..options.clone()
        };
        let mut case = plan::base(spec, control, &style, &options);
        for play in &mut case.plays {
            play.ending = Ending::Keep;
            let greets = spec.styled && !greets_by_protocol(spec);
            if let (Steps::Fixed(steps), true) = (&play.steps, greets) {
                let first = [Step::Open(1), Step::Collect(1)];
                play.steps = Steps::Fixed(first.into_iter().chain(steps.iter().cloned()).collect());
            }
        }
        Some(Probe {
            case,
            spec: Arc::clone(spec),
            request_end,
        })
    }

    /// What the target's answers teach. `outcomes` has one item a play.
    pub fn learn(&self, outcomes: &[Outcome]) -> Lesson {
        if !self.spec.styled {
            return self.count(outcomes);
        }
        let screen = self.screen(outcomes);
        let outcomes: Vec<Outcome> = outcomes.iter().map(on_the_wire).collect();
        let outcomes = &outcomes[..];
        let mut style = Style {
            screen,
            request_end: self.request_end,
            ..Style::canonical(self.spec.framing)
        };
        let mut of = 0;
        let mut tails: Vec<Vec<u8>> = Vec::new();
        let mut prefixes = Vec::new();
        let mut lines = Vec::new();
        let mut answered = 0;
        let mut right = 0;
        for (play, outcome) in self.case.plays.iter().zip(outcomes) {
            let mut answers = &outcome.answers[..];
            if let (Some(Step::Collect(_)), Some(first)) = (second(play), answers.first()) {
                style.greeting = Greeting {
                    example: first.raw.clone(),
                };
                answers = &answers[1..];
            }
            let expected = expectations(play);
            // A script's expectations are known only as it goes: its right answers are counted.
            of += expected.as_ref().map_or(answers.len().max(1), Vec::len);
            answered += answers.len();
            if let Verdict::Fail(failure) = &outcome.verdict {
                // What comes from another address is no answer to anybody but the harness's ear.
                let heard = !matches!(failure.finding, Finding::FromElsewhere { .. });
                answered += usize::from(heard && !failure.actual.is_empty());
                of += usize::from(expected.is_none());
            }
            right += answers.iter().filter(|answer| answer.right).count();
            for (at, answer) in answers
                .iter()
                .enumerate()
                .filter(|(_, answer)| answer.right)
            {
                let expectation = expected.as_ref().and_then(|all| all.get(at));
                let core = core_of(answer, expectation, play);
                let Some((start, end)) = core else { continue };
                let is_body = matches!(expectation, Some(Expectation::Bytes(_)));
                if is_body && self.spec.framing == Framing::Lines {
                    // What follows the bytes follows the answer: a prompt. A mere line end is none,
                    // but bytes too many; it is skipped all the same, so that all else is graded.
                    let tail = &answer.raw[end..];
                    style.unannounced |= !tail.is_empty() && tail.trim_ascii().is_empty();
                    if let Some(line) = tails.last_mut() {
                        line.extend_from_slice(tail);
                    }
                    continue;
                }
                tails.push(answer.raw[end..].to_vec());
                prefixes.push(answer.raw[..start].to_vec());
                lines.push(
                    answer.raw[..end]
                        .iter()
                        .filter(|byte| **byte == b'\n')
                        .count()
                        + 1,
                );
                self.learn_dialect(&mut style, play, expected.as_ref(), at, answer);
            }
        }
        if self.spec.server_first && self.spec.framing == Framing::Lines && !tails.is_empty() {
            // The first message is the protocol's own; what the target adds to it is its greeting.
            let first = tails[0].clone();
            let end = first
                .iter()
                .position(|byte| *byte == b'\n')
                .map_or(0, |at| at + 1);
            // NULs behind a line are the end of its string, sent too.
            let is_padding = first[end..].iter().all(|byte| *byte == 0);
            if !is_padding {
                style.greeting = Greeting {
                    example: first[end..].to_vec(),
                };
            }
            if tails.len() > 1 {
                tails.remove(0);
                prefixes.remove(0);
                lines.remove(0);
            } else if !is_padding {
                tails[0].truncate(end);
            }
            // The last answer of a game is not followed by a prompt.
            if self.spec.server_closes && tails.len() > 2 {
                tails.pop();
                prefixes.pop();
                lines.pop();
            }
        }
        self.learn_layout(&mut style, &tails, &prefixes, &lines);
        style.own_words = self.are_own_words(&style);
        Lesson {
            style,
            right,
            of,
            answered,
        }
    }

    /// Where there is no style to learn: whether the target spoke at all, and rightly.
    fn count(&self, outcomes: &[Outcome]) -> Lesson {
        let right =
            |outcome: &&Outcome| matches!(outcome.verdict, Verdict::Pass | Verdict::NonStrict);
        // An exercise may be to say nothing: then doing what was asked is the answer.
        let spoke = |outcome: &&Outcome| match &outcome.verdict {
            Verdict::Fail(failure) => {
                let heard = matches!(failure.finding, Finding::NotClosed { .. });
                heard || !failure.actual.is_empty() || !outcome.answers.is_empty()
            }
            _ => true,
        };
        let answers = |outcome: &Outcome| outcome.answers.iter().filter(|one| one.right).count();
        let expected = self
            .case
            .plays
            .iter()
            .map(|play| expectations(play).map_or(0, |all| all.len()));
        Lesson {
            style: Style {
                screen: self.screen(outcomes),
                request_end: self.request_end,
                ..Style::canonical(self.spec.framing)
            },
            right: outcomes
                .iter()
                .map(|outcome| answers(outcome).max(usize::from(right(&outcome))))
                .sum(),
            of: expected.map(|expected| expected.max(1)).sum(),
            answered: outcomes.iter().filter(spoke).count(),
        }
    }

    /// How the program shows lines: what stood before the first that showed.
    fn screen(&self, outcomes: &[Outcome]) -> Option<Screen> {
        let screen = self.case.plays.first()?.style.screen.clone()?;
        let answers = outcomes.iter().flat_map(|one| &one.answers);
        let mut shown = answers.filter(|one| one.connection == STREAMS && !one.content.is_empty());
        let first = shown.find_map(|one| one.raw.strip_suffix(&one.content[..]));
        let asks = self.case.plays.first()?.talks_to_two();
        Some(Screen {
            asks,
            prefix: first.map(<[u8]>::to_vec).or(screen.prefix),
            ..screen
        })
    }

    fn learn_layout(
        &self,
        style: &mut Style,
        tails: &[Vec<u8>],
        prefixes: &[Vec<u8>],
        lines: &[usize],
    ) {
        let Some(first) = tails.first() else { return };
        let same = tails.iter().all(|tail| tail == first)
            && prefixes.iter().all(|one| *one == prefixes[0]);
        if self.spec.framing == Framing::Recv && (tails.len() < 2 || !same) {
            // Words that change around the question: each answer is held against what the exercise accepts.
            return;
        }
        // What follows the answers is the same after each; where it is not, what they share counts.
        let shared = tails
            .iter()
            .fold(first.len(), |length, tail| common(&first[..length], tail));
        let tail = match tails.iter().all(|tail| tail == first) {
            true => &first[..],
            false => &first[..shared],
        };
        let end = tail.iter().position(|byte| matches!(byte, b'\n' | 0));
        // Without a line end a stream's tail is a prompt; where words stand around a question it is these.
        let none = match self.spec.framing {
            Framing::Recv => tail.len(),
            Framing::Lines | Framing::Bytes | Framing::Datagram => 0,
        };
        let (suffix, rest) = tail.split_at(end.unwrap_or(none));
        let (suffix, carriage) = match suffix.strip_suffix(b"\r") {
            Some(suffix) => (suffix, true),
            None => (suffix, false),
        };
        let (answer_end, taken) = match rest {
            [b'\n', 0, ..] | [0, ..] => {
                let padding = rest
                    .iter()
                    .take_while(|byte| matches!(byte, b'\n' | 0))
                    .count();
                (AnswerEnd::Nul, padding)
            }
            [b'\n', ..] if carriage => (AnswerEnd::CrLf, 1),
            [b'\n', ..] => (AnswerEnd::Lf, 1),
            _ => (AnswerEnd::Nothing, 0),
        };
        if answer_end == AnswerEnd::Nul && self.repeats_its_client() {
            // A NUL is no end of a line there, but a byte more than was sent.
            style.answer_end = Style::canonical(self.spec.framing).answer_end;
        } else {
            style.answer_end = answer_end;
            style.prompt = rest[taken..].to_vec();
        }
        if tails.len() < 2 {
            return;
        }
        // Bare spaces are no frame: they may be the argument's own, badly cut.
        let is_bare = !prefixes[0].is_empty() && prefixes[0].iter().all(|byte| *byte == b' ');
        if !is_bare && prefixes.iter().all(|prefix| *prefix == prefixes[0]) {
            style.prefix = prefixes[0].clone();
            style.suffix = suffix.to_vec();
        }
        if self.spec.framing == Framing::Lines && lines.iter().all(|count| *count == lines[0]) {
            style.answer_lines = lines[0].max(1);
        }
    }

    /// Whether answers are not lines, and hold what the client sent.
    fn repeats_its_client(&self) -> bool {
        match self.spec.framing {
            Framing::Lines => false,
            Framing::Recv => true,
            Framing::Bytes | Framing::Datagram => self.spec.echo != Echo::None,
        }
    }

    /// Whether the words around a question are the reference server's.
    fn are_own_words(&self, style: &Style) -> bool {
        let captures = Captures::new();
        let context = Context {
            captures: &captures,
            dialect: None,
            now_us: 0,
        };
        let asked = self.case.plays.iter().filter_map(expectations).flatten();
        let mut words = asked.filter_map(|one| match one {
            Expectation::Patterns(patterns) if self.spec.framing == Framing::Recv => {
                let only = patterns.first()?;
                let said = [&style.prefix, only.value(context)?, &style.suffix].concat();
                Some(only.example(context)? == said)
            }
            _ => None,
        });
        words.next().unwrap_or(false)
    }

    /// `upper-*`: which characters the target maps, seen where the two dialects differ.
    fn learn_dialect(
        &self,
        style: &mut Style,
        play: &Play,
        expected: Option<&Vec<Expectation>>,
        at: usize,
        answer: &Taken,
    ) {
        if self.spec.echo != Echo::Upper {
            return;
        }
        let request = play.sends().into_iter().nth(at).unwrap_or_default();
        let ascii = casing::canonical(&request, Mapping::Upper, Dialect::Ascii);
        let unicode = casing::canonical(&request, Mapping::Upper, Dialect::Unicode);
        if ascii != unicode && expected.is_some() {
            let has = |text: &[u8]| answer.raw.windows(text.len()).any(|window| window == text);
            style.dialect = Some(if has(&ascii) {
                Dialect::Ascii
            } else {
                Dialect::Unicode
            });
        }
    }
}

/// The same outcome without what the program printed.
fn on_the_wire(outcome: &Outcome) -> Outcome {
    let mut outcome = outcome.clone();
    outcome.answers.retain(|one| one.connection != STREAMS);
    outcome
}

/// Whether the server's first words are the protocol's own.
fn greets_by_protocol(spec: &Spec) -> bool {
    spec.server_first || spec.framing == Framing::Datagram
}

fn second(play: &Play) -> Option<&Step> {
    match &play.steps {
        Steps::Fixed(steps) => steps.get(1).filter(|step| matches!(step, Step::Collect(_))),
        Steps::Script(..) => None,
    }
}

fn expectations(play: &Play) -> Option<Vec<Expectation>> {
    match &play.steps {
        Steps::Fixed(steps) => Some(
            steps
                .iter()
                .filter_map(|step| match step {
                    Step::Expect(_, expectation) => Some(expectation.clone()),
                    _ => None,
                })
                .collect(),
        ),
        Steps::Script(..) => None,
    }
}

/// Where the right text stands in a raw answer (start, end).
fn core_of(answer: &Taken, expected: Option<&Expectation>, play: &Play) -> Option<(usize, usize)> {
    let captures = Captures::new();
    if let Some(expectation) = expected {
        let context = Context {
            captures: &captures,
            dialect: None,
            now_us: 0,
        };
        let seen = Seen {
            bytes: &answer.raw,
            ended: Some(Ended::Fin),
            style: &play.style,
            framing: play.framing,
            body: None,
            context,
        };
        if let Some((core, ..)) = expectation.core(seen) {
            return Some((core.start, core.end));
        }
    }
    // Moments need their clock and scripts their patterns: the player has kept what fitted.
    let content = &answer.content;
    let last = answer.raw.len().checked_sub(content.len())?;
    let start = (0..=last).find(|at| answer.raw[*at..].starts_with(content))?;
    Some((start, start + content.len()))
}

fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}
