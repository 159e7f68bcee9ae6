//! A dialogue of the spec as a list of exchanges, and the same with its values in place.

use std::collections::{BTreeMap, BTreeSet};

use sockspec_spec::corpus;
use sockspec_spec::dialogue::{
    Act, Actor, Dialogue, Event, Item, Part, Pattern, PatternPiece, Segment, Span, Step,
    parse_value,
};
use sockspec_spec::model::{Body, Case, Corpus, Spec};
use sockspec_spec::vocabulary::{Argument, built_in};

use super::Spoken;

/// A dialogue that can be asked at any time.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    /// The index of its case in the spec.
    pub(super) case: usize,
    pub(super) exchanges: Vec<Exchange>,
    /// The values of each row; one without values where the case has none.
    pub(super) rows: Vec<Row>,
    pub(super) corpus: Option<Corpus>,
    captures: BTreeSet<String>,
}

/// The values of a row by column, taken apart.
type Row = BTreeMap<String, Vec<Part>>;

/// Questions, then their answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Exchange {
    pub(super) asks: Vec<Ask>,
    pub(super) answers: Vec<Item>,
}

/// One message of the client.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) parts: Vec<Part>,
    /// Whether the framing's end follows.
    pub(super) is_line: bool,
}

/// A passage with its values in place.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) exchanges: Vec<Exchange>,
    /// Values that could not be put in place, by column, as a row has them.
    pub(super) columns: BTreeMap<String, String>,
}

impl Ask {
    /// What a step of a client says.
    pub(super) fn of_client(step: &Step) -> Option<Self> {
        let (Actor::Client(_), Act::Line(segments) | Act::Bytes(segments)) =
            (step.actor, &step.act)
        else {
            return None;
        };
        let mut parts = Vec::new();
        for part in segments.iter().flat_map(|Segment(parts)| parts) {
            push(&mut parts, part.clone());
        }
        Some(Ask {
            parts,
            is_line: matches!(step.act, Act::Line(_)),
        })
    }

    /// The step that says it, in one segment.
    pub(super) fn step(&self) -> Step {
        let segments = vec![Segment(self.parts.clone())];
        client(match self.is_line {
            true => Act::Line(segments),
            false => Act::Bytes(segments),
        })
    }

    /// How many bytes it has; `None` where a part has a length that is not known here.
    pub(super) fn length(&self) -> Option<usize> {
        let parts = self.parts.iter().map(part_length).sum::<Option<usize>>()?;
        Some(parts + usize::from(self.is_line))
    }

    /// Its parts, the end of a line written out.
    pub(super) fn written_out(&self) -> Vec<Part> {
        let mut parts = self.parts.clone();
        if self.is_line {
            push(&mut parts, Part::Literal(b"\n".to_vec()));
        }
        parts
    }
}

/// The first words of the server, and the exchanges that follow them; `None` where something other than
/// asking and answering happens. `S! silence` as one branch of an answer is an answer.
pub(super) fn exchanges(dialogue: &Dialogue) -> Option<(Vec<Item>, Vec<Exchange>)> {
    let (mut opening, mut exchanges) = (Vec::new(), Vec::<Exchange>::new());
    for item in &dialogue.items {
        let step = match item {
            Item::Comment(_) => continue,
            Item::Step(step) => Some(step),
            Item::Either(_) | Item::AnyOrder(_) => None,
        };
        let in_group = |step: &Step| match (&step.act, step.actor) {
            (Act::Event(event), Actor::Server(1)) => *event == Event::Silence,
            (_, actor) => actor == Actor::Server(1),
        };
        match step {
            Some(step) if step.actor == Actor::Client(1) => {
                let ask = Ask::of_client(step)?;
                match exchanges.last_mut() {
                    Some(last) if last.answers.is_empty() => last.asks.push(ask),
                    _ => exchanges.push(Exchange {
                        asks: vec![ask],
                        answers: Vec::new(),
                    }),
                }
            }
            Some(step) if step.actor != Actor::Server(1) || !step.is_message() => return None,
            None if !item.steps().all(in_group) => return None,
            _ => match exchanges.last_mut() {
                Some(last) => last.answers.push(item.clone()),
                None => opening.push(item.clone()),
            },
        }
    }
    let answered = exchanges
        .last()
        .is_some_and(|last| !last.answers.is_empty());
    answered.then_some((opening, exchanges))
}

impl Passage {
    pub(super) fn new(at: usize, case: &Case, exchanges: Vec<Exchange>) -> Self {
        let captures = match &case.body {
            Body::Dialogue(dialogue) => captures(dialogue),
            Body::Script(_) => BTreeSet::new(),
        };
        let values = |row: &BTreeMap<String, String>| {
            let parsed = |text: &String| parse_value(text).unwrap_or_default();
            (row.iter())
                .map(|(column, text)| (column.clone(), parsed(text)))
                .collect()
        };
        Passage {
            case: at,
            exchanges,
            rows: match case.rows.is_empty() {
                true => vec![Row::new()],
                false => case.rows.iter().map(values).collect(),
            },
            corpus: case.corpus,
            captures,
        }
    }

    /// Whether all that it asks is known before it is played: no answer decides it.
    pub(super) fn is_known(&self) -> bool {
        let mut asks = self.exchanges.iter().flat_map(|one| &one.asks);
        let known = |part: &Part| match part {
            Part::Value(name) => self.rows.iter().all(|row| row.contains_key(name)),
            other => part_length(other).is_some(),
        };
        self.captures.is_empty() && asks.all(|ask| ask.parts.iter().all(known))
    }

    /// Whether silence may be an answer: then nothing else may be under way.
    pub(super) fn may_be_silent(&self) -> bool {
        let mut answers = self.exchanges.iter().flat_map(|one| &one.answers);
        answers.any(|item| {
            item.steps()
                .any(|step| matches!(step.act, Act::Event(Event::Silence)))
        })
    }

    /// Whether each of its answers is one message with one meaning, so that answers may be told apart in
    /// whatever order they come.
    pub(super) fn is_exact(&self) -> bool {
        let exact = |piece: &PatternPiece| match piece {
            PatternPiece::Literal(_) => true,
            PatternPiece::Name { name, .. } => matches!(name.as_str(), "upper" | "lower"),
            PatternPiece::Regex(_) => false,
        };
        let mut answers = self.exchanges.iter().flat_map(|one| &one.answers);
        let told_apart = answers.all(|item| match item {
            Item::Step(step) => match &step.act {
                Act::Line(_) | Act::Bytes(_) => true,
                Act::Pattern(Pattern(pieces)) => pieces.iter().all(exact),
                Act::Event(_) => false,
            },
            _ => false,
        });
        told_apart && self.corpus != Some(Corpus::Invalid)
    }

    /// The values that are spoken.
    fn row(&self, spoken: &Spoken) -> Row {
        let mut row = self.rows.get(spoken.row).cloned().unwrap_or_default();
        if let Some(text) = &spoken.text {
            let mut parts = Vec::new();
            push(&mut parts, Part::Literal(text.clone()));
            row.insert(corpus::COLUMN.to_owned(), parts);
        }
        row
    }

    /// The passage with its values in place. `place` tells its names from those of other passages.
    pub(super) fn said(&self, spoken: &Spoken, place: usize, spec: &Spec) -> Said {
        let mut values = Values {
            row: &self.row(spoken),
            captures: &self.captures,
            spec,
            place,
            columns: BTreeMap::new(),
        };
        let exchanges = self.exchanges.iter().take(spoken.exchanges);
        let exchanges = exchanges
            .map(|exchange| Exchange {
                asks: (exchange.asks.iter())
                    .map(|ask| Ask {
                        parts: values.parts(&ask.parts),
                        is_line: ask.is_line,
                    })
                    .collect(),
                answers: (exchange.answers.iter())
                    .map(|item| values.item(item))
                    .collect(),
            })
            .collect();
        Said {
            exchanges,
            columns: values.columns,
        }
    }

    /// Which bytes of all that is sent come from the text that is spoken in place of the row's.
    pub(super) fn text_bytes(&self, spoken: &Spoken) -> Vec<bool> {
        let row = self.row(spoken);
        let mut marks = Vec::new();
        let exchanges = self.exchanges.iter().take(spoken.exchanges);
        for ask in exchanges.flat_map(|exchange| &exchange.asks) {
            for part in &ask.parts {
                let (length, is_text) = match part {
                    Part::Value(name) => {
                        let parts = row.get(name).map_or(&[][..], |parts| &parts[..]);
                        let length = parts.iter().filter_map(part_length).sum();
                        (length, name == corpus::COLUMN && spoken.text.is_some())
                    }
                    other => (part_length(other).unwrap_or_default(), false),
                };
                marks.extend(std::iter::repeat_n(is_text, length));
            }
            marks.extend(ask.is_line.then_some(false));
        }
        marks
    }
}

/// Puts values in place of names.
struct Values<'a> {
    row: &'a Row,
    captures: &'a BTreeSet<String>,
    spec: &'a Spec,
    place: usize,
    columns: BTreeMap<String, String>,
}

impl Values<'_> {
    /// A name that no other passage has.
    fn renamed(&self, name: &str) -> String {
        let mut name = format!("{name}-{}", self.place);
        while self.spec.vocabulary.contains_key(&name) {
            name.push('_');
        }
        name
    }

    fn parts(&self, parts: &[Part]) -> Vec<Part> {
        let mut placed = Vec::new();
        for part in parts {
            match part {
                Part::Value(name) => match self.row.get(name) {
                    Some(value) => value.iter().for_each(|one| push(&mut placed, one.clone())),
                    None => placed.push(Part::Value(self.renamed(name))),
                },
                Part::File(path) => placed.push(Part::File(self.path(path))),
                Part::Size(path) => placed.push(Part::Size(self.path(path))),
                other => push(&mut placed, other.clone()),
            }
        }
        placed
    }

    /// The path of a data file, which a value may name.
    fn path(&self, path: &str) -> String {
        let Some(name) = path.strip_prefix('$') else {
            return path.to_owned();
        };
        match self.row.get(name) {
            Some(value) => String::from_utf8_lossy(&bytes(value)).into_owned(),
            None => format!("${}", self.renamed(name)),
        }
    }

    fn item(&mut self, item: &Item) -> Item {
        let mut all = |steps: &[Step]| steps.iter().map(|step| self.step(step)).collect();
        match item {
            Item::Comment(text) => Item::Comment(text.clone()),
            Item::Step(step) => Item::Step(self.step(step)),
            Item::Either(branches) => {
                Item::Either(branches.iter().map(|branch| all(branch)).collect())
            }
            Item::AnyOrder(steps) => Item::AnyOrder(all(steps)),
        }
    }

    fn step(&mut self, step: &Step) -> Step {
        let segments = |segments: &[Segment]| {
            segments
                .iter()
                .map(|Segment(parts)| Segment(self.parts(parts)))
                .collect()
        };
        let act = match &step.act {
            Act::Line(all) => Act::Line(segments(all)),
            Act::Bytes(all) => Act::Bytes(segments(all)),
            Act::Pattern(pattern) => Act::Pattern(self.pattern(pattern)),
            Act::Event(event) => Act::Event(*event),
        };
        Step {
            act,
            ..step.clone()
        }
    }

    fn pattern(&mut self, Pattern(pieces): &Pattern) -> Pattern {
        let mut placed: Vec<PatternPiece> = Vec::new();
        for piece in pieces {
            let piece = match piece {
                PatternPiece::Name { name, argument } => self.name(name, argument.as_deref()),
                other => other.clone(),
            };
            match (placed.last_mut(), piece) {
                (_, PatternPiece::Literal(bytes)) if bytes.is_empty() => {}
                (Some(PatternPiece::Literal(before)), PatternPiece::Literal(bytes)) => {
                    before.extend(bytes);
                }
                (_, piece) => placed.push(piece),
            }
        }
        Pattern(placed)
    }

    fn name(&mut self, name: &str, argument: Option<&str>) -> PatternPiece {
        let kind = built_in(name);
        if kind.is_none() && !self.spec.vocabulary.contains_key(name) {
            return match self.row.get(name) {
                Some(value) => PatternPiece::Literal(bytes(value)),
                None => PatternPiece::Name {
                    name: self.renamed(name),
                    argument: argument.map(str::to_owned),
                },
            };
        }
        let argument = argument.map(|text| match kind {
            Some(kind) if kind.takes == Argument::Capture => self.renamed(text),
            _ => self.argument(text),
        });
        PatternPiece::Name {
            name: name.to_owned(),
            argument,
        }
    }

    /// An argument's text: the value itself where it can be written.
    fn argument(&mut self, text: &str) -> String {
        let Some(name) = text.strip_prefix('$') else {
            return text.to_owned();
        };
        if let Some(value) = self.row.get(name) {
            return match String::from_utf8(bytes(value)) {
                Ok(text) if !text.starts_with('$') => text,
                _ => {
                    let column = self.renamed(name);
                    let value = sockspec_spec::dialogue::print_segments(&[Segment(value.clone())]);
                    self.columns.insert(column.clone(), value);
                    format!("${column}")
                }
            };
        }
        match self.captures.contains(name) {
            true => format!("${}", self.renamed(name)),
            false => text.to_owned(),
        }
    }
}

/// The names that a dialogue's answers are given.
pub(super) fn captures(dialogue: &Dialogue) -> BTreeSet<String> {
    let mut captures = BTreeSet::new();
    for step in dialogue.steps() {
        let Act::Pattern(Pattern(pieces)) = &step.act else {
            continue;
        };
        for piece in pieces {
            if let PatternPiece::Name {
                name,
                argument: Some(argument),
            } = piece
                && built_in(name).is_some_and(|kind| kind.takes == Argument::Capture)
            {
                captures.insert(argument.clone());
            }
        }
    }
    captures
}

/// A step of the first client.
pub(super) fn client(act: Act) -> Step {
    Step {
        actor: Actor::Client(1),
        act,
        span: Span::default(),
    }
}

/// Adds a part; literals that follow one another become one, and empty ones nothing.
pub(super) fn push(parts: &mut Vec<Part>, part: Part) {
    match (parts.last_mut(), part) {
        (_, Part::Literal(bytes)) if bytes.is_empty() => {}
        (Some(Part::Literal(before)), Part::Literal(bytes)) => before.extend(bytes),
        (_, part) => parts.push(part),
    }
}

/// How many bytes a part makes; `None` for a capture and for what stands in a data file.
pub(super) fn part_length(part: &Part) -> Option<usize> {
    match part {
        Part::Literal(bytes) => Some(bytes.len()),
        Part::Repeat { count, bytes } => Some(*count as usize * bytes.len()),
        Part::Value(_) | Part::File(_) | Part::Size(_) => None,
    }
}

/// The bytes of parts without names.
pub(super) fn bytes(parts: &[Part]) -> Vec<u8> {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Part::Literal(bytes) => all.extend_from_slice(bytes),
            Part::Repeat { count, bytes } => all.extend(bytes.repeat(*count as usize)),
            Part::Value(_) | Part::File(_) | Part::Size(_) => {}
        }
    }
    all
}
