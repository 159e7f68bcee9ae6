//! What a dialogue of the notation means for a client: what is typed, what must arrive, what the server says and
//! what must show.

use std::collections::VecDeque;
use std::sync::Arc;

use sockspec_spec::Spec;
use sockspec_spec::dialogue::{Act, Actor, Dialogue, Event, Item, Step, Stream};
use sockspec_spec::model::{Body, Case, Echo, Framing, Law};

use super::request::OwnRequest;
use crate::pattern::{Captures, Context, Matcher, Row};
use crate::plan;

/// A dialogue from the client's side.
#[derive(Clone, Debug)]
pub struct Talk {
    /// What the client sends by itself, before anything is typed: the opening answers it.
    pub request: Option<OwnRequest>,
    /// What the server says before anything typed is asked.
    pub opening: Vec<Say>,
    /// The questions, in order.
    pub exchanges: Vec<Exchange>,
    /// Whether the server closes at the end.
    pub closes: bool,
    /// Whether it closes by an RST.
    pub resets: bool,
    /// Whether the client must then end by itself, even while it waits at the keyboard.
    pub ends: bool,
    /// Whether the server's leaving is a normal end of the client, at any time: it need not say so.
    pub server_may_leave: bool,
    /// What ends a dialogue of the exercise: a client may say so before it ends.
    pub farewells: Vec<Farewell>,
    /// What the server makes of what the dialogue does not hold.
    pub echo: Echo,
}

/// A last request, after which the server closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Farewell {
    /// What the client says, without a line end.
    pub said: Vec<u8>,
    /// What the server answers before it closes, with its line end.
    pub answer: Vec<u8>,
}

/// One question and its answers.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What is typed, without a line end.
    pub typed: Vec<u8>,
    /// What must arrive: the same, unless only the beginning of it is asked for.
    pub sends: Vec<u8>,
    /// Lines that are typed with it or, where it was typed before, without it: they must not arrive before their
    /// turn.
    pub ahead: Vec<Vec<u8>>,
    /// Whether those are typed once it has arrived, while the client waits for the answer.
    pub in_wait: bool,
    /// Whether it was typed before.
    pub is_typed: bool,
    /// What the server answers.
    pub answers: Vec<Say>,
    /// Whether the server closes after it, and the dialogue has an end there: a client may end with it, or come again.
    pub closes: bool,
}

/// One message of the server.
#[derive(Clone, Debug)]
pub struct Say {
    /// Its text, without a line end.
    pub text: Vec<u8>,
    /// What ends it.
    pub end: SayEnd,
    /// What must show.
    pub shows: Shows,
}

/// What ends a message of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SayEnd {
    /// A line feed.
    Lf,
    /// CR LF.
    CrLf,
    /// Whatever ended the request: the server sends back what it got.
    AsAsked,
    /// Nothing.
    Nothing,
}

/// What must show of a message.
#[derive(Clone, Debug, Default)]
pub struct Shows {
    /// This text, anywhere in the output; `None` where only a form will do.
    pub text: Option<Vec<u8>>,
    /// Or a line of this form: the client may say it in its own words.
    pub form: Option<Arc<Matcher>>,
}

/// A message that has no one wording, and so cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoWording {
    /// The pattern, in the notation.
    pub shown: String,
}

impl std::fmt::Display for NoWording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "`{}` has no one canonical wording: a server cannot say it",
            self.shown
        )
    }
}

impl std::error::Error for NoWording {}

impl Talk {
    /// Reads the dialogue of a case of the law `clients`; of an `either` the first branch.
    ///
    /// # Errors
    /// A pattern of the server's has no canonical wording.
    pub fn of(spec: &Spec, dialogue: &Dialogue, row: &Row) -> Result<Self, NoWording> {
        let mut talk = Talk::played(spec, dialogue, row)?;
        talk.farewells = farewells(spec);
        talk.server_may_leave = spec.cases.iter().any(may_be_left);
        Ok(talk)
    }

    fn played(spec: &Spec, dialogue: &Dialogue, row: &Row) -> Result<Self, NoWording> {
        let mut talk = Talk {
            request: None,
            opening: Vec::new(),
            exchanges: Vec::new(),
            closes: false,
            resets: false,
            ends: false,
            server_may_leave: false,
            farewells: Vec::new(),
            echo: spec.echo,
        };
        let mut typed = VecDeque::new();
        for item in &dialogue.items {
            let steps: &[Step] = match item {
                Item::Comment(_) => &[],
                Item::Step(step) => std::slice::from_ref(step),
                Item::Either(branches) => branches.first().map_or(&[], |steps| &steps[..]),
                Item::AnyOrder(steps) => steps,
            };
            for step in steps {
                talk.add(spec, step, row, &mut typed)?;
            }
        }
        Ok(talk)
    }

    /// Whether the server never says anything.
    pub fn is_one_sided(&self) -> bool {
        self.opening.is_empty() && self.exchanges.iter().all(|one| one.answers.is_empty())
    }

    /// What the server answers to what the dialogue does not hold, which ended with `end`; and whether it closes then.
    pub fn answer_to(&self, said: &[u8], end: &[u8]) -> (Vec<u8>, bool) {
        let farewell = self
            .farewells
            .iter()
            .find(|one| one.said.eq_ignore_ascii_case(said));
        if let Some(farewell) = farewell {
            return (farewell.answer.clone(), true);
        }
        let answer = match self.echo {
            Echo::Same => [said, end].concat(),
            Echo::Upper => [&said.to_ascii_uppercase(), end].concat(),
            // Any answer will do: the client is about to end.
            Echo::None => {
                let says = self.exchanges.last().map_or(&[][..], |one| &one.answers);
                says.iter().flat_map(|say| say.wire(end)).collect()
            }
        };
        (answer, false)
    }

    /// Adds a step; `typed` are the lines of `in` that have not arrived yet.
    fn add(
        &mut self,
        spec: &Spec,
        step: &Step,
        row: &Row,
        typed: &mut VecDeque<Vec<u8>>,
    ) -> Result<(), NoWording> {
        match (step.actor, &step.act) {
            (Actor::Client(_), Act::Line(segments) | Act::Bytes(segments)) => {
                self.closes = false;
                let line = without_end(&plan::bytes_of(spec, segments, row)).to_vec();
                let is_first = !self
                    .exchanges
                    .last()
                    .is_some_and(|one| one.ahead.contains(&line));
                let begins = |typed: &&Vec<u8>| match spec.framing {
                    Framing::Bytes => typed.starts_with(&line),
                    _ => **typed == line,
                };
                let was_typed = typed.front().filter(begins).is_some();
                let said = typed.pop_front_if(|_| was_typed);
                self.exchanges.push(Exchange {
                    ahead: match was_typed {
                        true => typed.iter().cloned().collect(),
                        false => Vec::new(),
                    },
                    in_wait: false,
                    is_typed: was_typed && !is_first,
                    typed: said.unwrap_or_else(|| line.clone()),
                    sends: line,
                    answers: Vec::new(),
                    closes: false,
                });
            }
            // The validator lets it stand before all else only.
            (Actor::Client(_), Act::Pattern(pattern)) => {
                self.request = Some(OwnRequest::new(Matcher::new(pattern, spec, row)));
            }
            (Actor::Program(Stream::In), Act::Line(segments)) => {
                let line = without_end(&plan::bytes_of(spec, segments, row)).to_vec();
                let waits = |one: &&mut Exchange| {
                    one.answers.is_empty() && (typed.is_empty() || one.in_wait)
                };
                if let Some(asked) = self.exchanges.last_mut().filter(waits) {
                    asked.ahead.push(line.clone());
                    asked.in_wait = true;
                }
                typed.push_back(line);
            }
            (Actor::Program(Stream::Out), Act::Event(Event::Close | Event::Fin)) => {
                self.ends = true
            }
            (Actor::Server(_), Act::Line(segments) | Act::Bytes(segments)) => {
                let said = plan::bytes_of(spec, segments, row);
                self.say(spec, &said, matches!(step.act, Act::Line(_)), None);
            }
            (Actor::Server(_), Act::Pattern(pattern)) => {
                let matcher = Matcher::new(pattern, spec, row);
                let captures = Captures::new();
                let context = Context {
                    captures: &captures,
                    dialect: None,
                    now_us: 0,
                };
                let Some(said) = matcher.example(context) else {
                    return Err(NoWording {
                        shown: matcher.shown,
                    });
                };
                let is_line = spec.framing == Framing::Lines;
                self.say(spec, &said, is_line, Some(Arc::new(matcher)));
            }
            (Actor::Server(_), Act::Event(event @ (Event::Close | Event::Fin))) => {
                self.closes = true;
                if let Some(last) = self.exchanges.last_mut() {
                    last.closes = *event == Event::Close;
                }
            }
            (Actor::Server(_), Act::Event(Event::Reset)) => {
                (self.closes, self.resets) = (true, true)
            }
            (Actor::Program(Stream::Out), act) => self.must_show(spec, act, row),
            _ => {}
        }
        Ok(())
    }

    fn say(&mut self, spec: &Spec, said: &[u8], is_line: bool, form: Option<Arc<Matcher>>) {
        let text = without_end(said).to_vec();
        let end = match () {
            () if is_line && spec.framing == Framing::Lines => SayEnd::Lf,
            () if spec.echo != Echo::None && !self.exchanges.is_empty() => SayEnd::AsAsked,
            () => match &said[text.len()..] {
                b"" => SayEnd::Nothing,
                b"\r\n" => SayEnd::CrLf,
                _ => SayEnd::Lf,
            },
        };
        let shows = Shows {
            text: Some(text.clone()),
            form,
        };
        let say = Say { text, end, shows };
        match self.exchanges.last_mut() {
            Some(exchange) => exchange.answers.push(say),
            None => self.opening.push(say),
        }
    }

    /// A line of `out`: what must show instead of the server's own words.
    fn must_show(&mut self, spec: &Spec, act: &Act, row: &Row) {
        let last = match self.exchanges.last_mut() {
            Some(exchange) => exchange.answers.last_mut(),
            None => self.opening.last_mut(),
        };
        let Some(say) = last else { return };
        match act {
            Act::Line(segments) | Act::Bytes(segments) => {
                say.shows = Shows {
                    text: Some(without_end(&plan::bytes_of(spec, segments, row)).to_vec()),
                    form: None,
                };
            }
            Act::Pattern(pattern) => {
                say.shows = Shows {
                    text: None,
                    form: Some(Arc::new(Matcher::new(pattern, spec, row))),
                };
            }
            Act::Event(_) => {}
        }
    }

    /// Whether each question has a connection of its own, which the server closes after its answer.
    pub fn closes_after_each(&self) -> bool {
        self.exchanges.first().is_some_and(|first| first.closes)
    }

    /// Whether anything that the server says has more than one byte.
    pub fn can_be_cut(&self) -> bool {
        let answers = self.exchanges.iter().flat_map(|one| &one.answers);
        self.opening
            .iter()
            .chain(answers)
            .any(|say| say.text.len() > 1)
    }

    /// The messages that answer exchange `at` (0-based); the opening for `None`.
    pub fn says(&self, at: Option<usize>) -> &[Say] {
        match at {
            None => &self.opening,
            Some(at) => self.exchanges.get(at).map_or(&[], |one| &one.answers),
        }
    }
}

impl Say {
    /// Its bytes, where the request ended with `asked`.
    pub fn wire(&self, asked: &[u8]) -> Vec<u8> {
        let end: &[u8] = match self.end {
            SayEnd::Lf => b"\n",
            SayEnd::CrLf => b"\r\n",
            SayEnd::AsAsked => asked,
            SayEnd::Nothing => b"",
        };
        [&self.text[..], end].concat()
    }
}

/// The last requests of the exercise's own dialogues after which its server closes.
fn farewells(spec: &Spec) -> Vec<Farewell> {
    let mut farewells = Vec::new();
    for (_, case) in spec.server_cases() {
        let Body::Dialogue(dialogue) = &case.body else {
            continue;
        };
        if case.law != Law::Protocol || !case.rows.is_empty() {
            continue;
        }
        let Ok(talk) = Talk::played(spec, dialogue, &Row::new()) else {
            continue;
        };
        let last = talk.exchanges.last().filter(|_| talk.closes);
        farewells.extend(last.map(|exchange| {
            Farewell {
                said: exchange.sends.clone(),
                answer: exchange
                    .answers
                    .iter()
                    .flat_map(|say| say.wire(b""))
                    .collect(),
            }
        }));
    }
    farewells
}

/// Whether a case says that a client ends when its server has left, in whatever way.
fn may_be_left(case: &Case) -> bool {
    let Body::Dialogue(dialogue) = &case.body else {
        return false;
    };
    let is_end = |step: &Step| {
        step.actor == Actor::Program(Stream::Out) && step.act == Act::Event(Event::Close)
    };
    case.law == Law::Clients && dialogue.steps().any(is_end)
}

fn without_end(bytes: &[u8]) -> &[u8] {
    let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    line.strip_suffix(b"\r").unwrap_or(line)
}
