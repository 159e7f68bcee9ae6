//! From a spec's cases to plays: everything that is decided before a socket opens.

use std::collections::BTreeMap;
use std::sync::Arc;

use sockspec_spec::Spec;
use sockspec_spec::cause::Cause;
use sockspec_spec::dialogue::{self, Act, Actor, Dialogue, Event, Item, Part, Segment};
use sockspec_spec::model::{Body, Case, Framing, Law, Needs, Serving, Setup, Text, Visibility};

use crate::expect::Expectation;
use crate::pattern::{Captures, Context, Matcher, Row};
use crate::play::{Cut, Deed, End, Ending, Payload, PayloadPart, Play, Step, Steps};
use crate::program::Stream;
use crate::script::Script;
use crate::style::Style;

/// A case ready to be played: one result of the grade.
#[derive(Clone, Debug)]
pub struct PlannedCase {
    /// `case`, or `case@variant`.
    pub id: String,
    /// The id of the scripted case it comes from.
    pub base: String,
    /// The case's version.
    pub version: u32,
    /// Its title.
    pub title: Text,
    /// 1 to 5.
    pub level: u8,
    /// The law it stands for.
    pub law: Law,
    /// The clause of the sheet or RFC.
    pub clause: String,
    /// Its hint; may be empty.
    pub hint: Text,
    /// What it is worth.
    pub points: u32,
    /// What grading it takes.
    pub needs: Needs,
    /// Ids of the cases that must pass first.
    pub after: Vec<String>,
    /// Who sees it.
    pub visibility: Visibility,
    /// What failing it usually means.
    pub cause: Option<Cause>,
    /// How many clients at once it takes.
    pub serving: Option<Serving>,
    /// The servers that it takes, each an instance of the program; empty: the one that all are played with.
    pub servers: Vec<Setup>,
    /// Whether it may share one connection with other cases.
    pub packable: bool,
    /// The dialogues, each of which must pass.
    pub plays: Vec<Play>,
}

/// What a plan is made with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Only canonical answers are right.
    pub strict: bool,
    /// How many derived dialogues.
    pub effort: Effort,
    /// The seed of everything drawn at random.
    pub seed: u64,
}

/// How many derived dialogues a plan holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// The fewest that still try every family.
    Quick,
    /// What a grade takes.
    #[default]
    Normal,
    /// Many more cuts and seeds.
    Deep,
}

/// Plans one scripted case in the target's style.
pub fn base(spec: &Arc<Spec>, case: &Case, style: &Arc<Style>, options: &Options) -> PlannedCase {
    let plays = rows(case)
        .iter()
        .map(|row| Play {
            label: row_label(row),
            steps: steps(spec, case, row, style),
            cut: Cut::Whole,
            style: Arc::clone(style),
            framing: spec.framing,
            strict: options.strict,
            server_first: spec.server_first,
            styled: spec.styled,
            ending: Ending::Observe,
            network: None,
        })
        .collect();
    PlannedCase {
        id: case.id.clone(),
        base: case.id.clone(),
        version: case.version,
        title: case.title.clone(),
        level: case.level,
        law: case.law,
        clause: case.clause.clone(),
        hint: case.hint.clone(),
        points: case.points,
        needs: case.needs,
        after: case.after.clone(),
        visibility: case.visibility,
        cause: case.cause,
        serving: case.serving,
        servers: case.servers.clone(),
        packable: case.packable,
        plays,
    }
}

/// The rows of a case, one for each play.
pub(crate) fn rows(case: &Case) -> Vec<Row> {
    match case.rows.is_empty() {
        true => vec![Row::new()],
        false => case.rows.iter().map(row_bytes).collect(),
    }
}

/// The bytes of a row's values; the loader has checked that they can be read.
fn row_bytes(row: &BTreeMap<String, String>) -> Row {
    row.iter()
        .map(|(column, text)| {
            (
                column.clone(),
                dialogue::parse_bytes(text).unwrap_or_default(),
            )
        })
        .collect()
}

/// The values of a row in a few words.
pub(crate) fn row_label(row: &Row) -> String {
    let values: Vec<String> = row
        .iter()
        .map(|(column, bytes)| {
            let short = &bytes[..bytes.len().min(48)];
            let more = if short.len() < bytes.len() { "…" } else { "" };
            format!("{column}=\"{}{more}\"", dialogue::print_bytes(short))
        })
        .collect();
    values.join(" ")
}

fn steps(spec: &Arc<Spec>, case: &Case, row: &Row, style: &Style) -> Steps {
    match &case.body {
        Body::Dialogue(dialogue) => Steps::Fixed(compile(spec, dialogue, row, style).into()),
        Body::Script(source) => {
            let mut source = source.clone();
            for (column, value) in row {
                source = source.replace(&format!("{{{column}}}"), &String::from_utf8_lossy(value));
            }
            let script = Script::new(&spec.functions, &source);
            Steps::Script(Arc::new(script), Arc::clone(spec))
        }
    }
}

/// Compiles a dialogue for the harness in the client's place.
pub fn compile(spec: &Spec, dialogue: &Dialogue, row: &Row, style: &Style) -> Vec<Step> {
    let mut steps = Vec::new();
    for item in &dialogue.items {
        match item {
            Item::Comment(_) => {}
            Item::Step(step) => steps.extend(compile_step(spec, step, row, style)),
            Item::Either(branches) => steps.push(Step::Either(
                branches
                    .iter()
                    .map(|branch| {
                        branch
                            .iter()
                            .filter_map(|one| compile_step(spec, one, row, style))
                            .collect()
                    })
                    .collect(),
            )),
            Item::AnyOrder(group) => {
                // What the program prints has the order of its streams: it is awaited after the group.
                let (streams, wire) = group
                    .iter()
                    .filter_map(|one| compile_step(spec, one, row, style))
                    .partition(Step::is_on_streams);
                steps.push(Step::AnyOrder(wire));
                steps.extend::<Vec<Step>>(streams);
            }
        }
    }
    steps
}

/// One step; `None` for the program's standard streams, which an address does not show.
fn compile_step(spec: &Spec, step: &dialogue::Step, row: &Row, style: &Style) -> Option<Step> {
    let line_end = match spec.framing {
        Framing::Lines | Framing::Recv => style.request_end.bytes(),
        Framing::Bytes | Framing::Datagram => b"\n",
    };
    match step.actor {
        Actor::Client(connection) => Some(match &step.act {
            Act::Line(segments) => Step::Send(connection, payloads(spec, segments, row, line_end)),
            Act::Bytes(segments) => Step::Send(connection, payloads(spec, segments, row, b"")),
            // The validator lets clients say patterns only where a client is graded.
            Act::Pattern(_) => return None,
            Act::Event(event) => match event {
                Event::Open => Step::Open(connection),
                Event::Fin => Step::Do(connection, Deed::Fin),
                Event::Reset => Step::Do(connection, Deed::Reset),
                Event::Close => Step::Do(connection, Deed::Close),
                Event::Stall => Step::Do(connection, Deed::Stall),
                Event::Resume => Step::Do(connection, Deed::Resume),
                Event::Wait(time) => Step::Wait(*time),
                Event::Silence | Event::Read | Event::Bound(_) => return None,
            },
        }),
        Actor::Server(connection) => Some(match &step.act {
            Act::Line(segments) => {
                Step::Expect(connection, Expectation::Text(bytes_of(spec, segments, row)))
            }
            Act::Bytes(segments) => Step::Expect(
                connection,
                Expectation::Bytes(bytes_of(spec, segments, row)),
            ),
            Act::Pattern(pattern) => {
                let matcher = Arc::new(Matcher::new(pattern, spec, row));
                Step::Expect(connection, Expectation::Patterns(vec![matcher]))
            }
            Act::Event(event) => match event {
                Event::Fin => Step::ExpectEnd(connection, End::Fin),
                Event::Reset => Step::ExpectEnd(connection, End::Reset),
                Event::Close => Step::ExpectEnd(connection, End::Any),
                Event::Silence => Step::ExpectSilence(connection),
                Event::Read => Step::ExpectRead(connection),
                Event::Wait(time) => Step::Wait(*time),
                Event::Open | Event::Stall | Event::Resume | Event::Bound(_) => return None,
            },
        }),
        // By address the harness has no streams: such a case is skipped, whatever is left of its dialogue.
        Actor::Program(_) if style.screen.is_none() => None,
        Actor::Program(stream) => stream_step(spec, stream, &step.act, row),
    }
}

/// One step on a stream of the program.
fn stream_step(spec: &Spec, stream: dialogue::Stream, act: &Act, row: &Row) -> Option<Step> {
    let output = match stream {
        dialogue::Stream::In => {
            return match act {
                Act::Line(segments) => Some(typed(payloads(spec, segments, row, b"\n"))),
                Act::Bytes(segments) => Some(typed(payloads(spec, segments, row, b""))),
                // The validator lets patterns stand only where they have one wording.
                Act::Pattern(pattern) => {
                    let said = Matcher::new(pattern, spec, row).example(Context {
                        captures: &Captures::new(),
                        dialect: None,
                        now_us: 0,
                    });
                    said.map(|said| typed(vec![Payload::new([&said[..], b"\n"].concat())]))
                }
                Act::Event(Event::Fin | Event::Close) => Some(Step::EndInput),
                Act::Event(Event::Wait(time)) => Some(Step::Wait(*time)),
                Act::Event(_) => None,
            };
        }
        dialogue::Stream::Out => Stream::Out,
        dialogue::Stream::Err => Stream::Err,
    };
    let shows = |expectation| Some(Step::Shows(output, expectation));
    match act {
        Act::Line(segments) => shows(Expectation::Text(bytes_of(spec, segments, row))),
        Act::Bytes(segments) => shows(Expectation::Bytes(bytes_of(spec, segments, row))),
        Act::Pattern(pattern) => {
            let matcher = Arc::new(Matcher::new(pattern, spec, row));
            shows(Expectation::Patterns(vec![matcher]))
        }
        Act::Event(Event::Silence) => Some(Step::ShowsNothing(output)),
        Act::Event(Event::Fin) => Some(Step::Ends { well: true }),
        Act::Event(Event::Close) => Some(Step::Ends { well: false }),
        Act::Event(Event::Bound(protocol)) => Some(Step::Bound(*protocol)),
        Act::Event(Event::Wait(time)) => Some(Step::Wait(*time)),
        Act::Event(_) => None,
    }
}

/// What is typed at once: segments are a network's.
fn typed(segments: Vec<Payload>) -> Step {
    Step::Type(Payload(
        segments.into_iter().flat_map(|one| one.0).collect(),
    ))
}

fn payloads(spec: &Spec, segments: &[Segment], row: &Row, line_end: &'static [u8]) -> Vec<Payload> {
    let mut payloads: Vec<Payload> = segments
        .iter()
        .map(|segment| {
            let parts = segment.0.iter().map(|part| match part {
                Part::Literal(bytes) => PayloadPart::Bytes(bytes.as_slice().into()),
                Part::Value(name) => match row.get(name) {
                    Some(bytes) => PayloadPart::Bytes(bytes.as_slice().into()),
                    None => PayloadPart::Captured(name.clone()),
                },
                Part::Repeat { count, bytes } => {
                    PayloadPart::Bytes(bytes.repeat(*count as usize).into())
                }
                Part::File(path) => PayloadPart::Bytes(file(spec, path, row)),
                Part::Size(path) => {
                    let size = file(spec, path, row).len().to_string();
                    PayloadPart::Bytes(size.into_bytes().into())
                }
            });
            Payload(parts.collect())
        })
        .collect();
    if payloads.is_empty() {
        payloads.push(Payload(Vec::new()));
    }
    if let Some(last) = payloads.last_mut()
        && !line_end.is_empty()
    {
        last.0.push(PayloadPart::Bytes(line_end.into()));
    }
    payloads
}

/// The bytes of an expected text. A capture in an exact expectation is written as a pattern instead.
pub(crate) fn bytes_of(spec: &Spec, segments: &[Segment], row: &Row) -> Vec<u8> {
    let payloads = payloads(spec, segments, row, b"");
    let bytes = payloads.iter().map(|one| one.bytes(&Default::default()));
    bytes.collect::<Vec<_>>().concat()
}

/// The bytes of a data file, which the loader has found; `$column` names the row's.
fn file(spec: &Spec, path: &str, row: &Row) -> Arc<[u8]> {
    let value = path.strip_prefix('$').and_then(|column| row.get(column));
    let path = value.map_or(path.into(), |bytes| String::from_utf8_lossy(bytes));
    spec.data.files.get(&*path).cloned().unwrap_or_default()
}
