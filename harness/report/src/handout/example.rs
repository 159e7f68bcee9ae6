//! Dialogues of a spec as examples: rows, words and files filled in.

use std::time::Duration;

use sockspec_case::pattern::{Captures, Context, Matcher, Row};
use sockspec_case::plan::compile;
use sockspec_case::play::Step as PlayStep;
use sockspec_case::reproduce::{Reach, commands};
use sockspec_case::style::Style;
use sockspec_case::transcript::{Barrier, Event, Kind, Transcript};
use sockspec_spec::Spec;
use sockspec_spec::dialogue::{
    Act, Dialogue, Item, Part, Pattern, PatternPiece, Segment, parse_bytes, print,
};
use sockspec_spec::model::{Body, Case, Framing};

/// More cases of level 2 than this would make a reader skip all.
const OF_LEVEL_TWO: usize = 3;

/// Longer dialogues, in lines and in columns, are no examples.
const LINES: usize = 16;
const COLUMNS: usize = 100;

/// A case's dialogue as it is played.
pub(super) struct Example<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its dialogue, all filled in that is known beforehand.
    pub dialogue: Dialogue,
    /// What its first client sends, message by message.
    sent: Vec<Vec<u8>>,
}

impl Example<'_> {
    /// Whether one of several things may happen.
    pub fn has_groups(&self) -> bool {
        let is_group = |item: &Item| matches!(item, Item::Either(_) | Item::AnyOrder(_));
        self.dialogue.items.iter().any(is_group)
    }
}

/// The dialogues of level 1, and some of level 2, of the cases that are shown; of other levels where there
/// are none.
pub(super) fn all(spec: &Spec, is_shown: fn(&Case) -> bool) -> Vec<Example<'_>> {
    let of = |level: u8| {
        let cases = spec.server_cases().map(|(_, case)| case);
        cases
            .filter(move |case| is_shown(case) && !case.is_strict() && case.level == level)
            .filter_map(|case| example(spec, case))
    };
    let found: Vec<Example<'_>> = of(1).chain(of(2).take(OF_LEVEL_TWO)).collect();
    match found.is_empty() {
        true => (3..=5).flat_map(of).take(OF_LEVEL_TWO).collect(),
        false => found,
    }
}

/// Shell lines that send what an example's first client sends; empty where that cannot be typed.
pub(super) fn by_hand(example: &Example<'_>, framing: Framing, address: &str) -> String {
    let sent = |bytes: &Vec<u8>| Event {
        at: Duration::ZERO,
        connection: 1,
        kind: Kind::Sent {
            bytes: bytes.clone(),
            barrier: Barrier::None,
        },
    };
    let transcript = Transcript {
        started_us: 0,
        events: example.sent.iter().map(sent).collect(),
    };
    let reach = Reach {
        address: address.to_owned(),
        start: None,
    };
    commands(&transcript, framing, &reach)
}

fn example<'a>(spec: &'a Spec, case: &'a Case) -> Option<Example<'a>> {
    let Body::Dialogue(dialogue) = &case.body else {
        return None;
    };
    // A corpus is for machines.
    if case.corpus.is_some() {
        return None;
    }
    let first = case.rows.first().into_iter().flatten();
    let row: Row = first
        .map(|(column, text)| (column.clone(), parse_bytes(text).unwrap_or_default()))
        .collect();
    let mut filled = dialogue.clone();
    filled
        .items
        .retain(|item| !matches!(item, Item::Comment(_)));
    for step in filled.steps_mut() {
        match &mut step.act {
            Act::Line(segments) | Act::Bytes(segments) => {
                for segment in segments {
                    fill(segment, spec, &row);
                }
            }
            Act::Pattern(pattern) => {
                let exact = said(pattern, spec, &row);
                if let Some(bytes) = exact {
                    let segments = vec![Segment(match bytes.is_empty() {
                        true => Vec::new(),
                        false => vec![Part::Literal(bytes)],
                    })];
                    step.act = match spec.framing {
                        Framing::Lines => Act::Line(segments),
                        _ => Act::Bytes(segments),
                    };
                } else {
                    fill_pattern(pattern, &row);
                }
            }
            Act::Event(_) => {}
        }
    }
    // A regex says what an answer must not be: it shows nobody what one looks like.
    let has_regex = filled.steps().any(|step| match &step.act {
        Act::Pattern(pattern) => pattern
            .0
            .iter()
            .any(|one| matches!(one, PatternPiece::Regex(_))),
        _ => false,
    });
    let text = print(&filled);
    let is_short =
        text.lines().count() <= LINES && text.lines().all(|line| line.chars().count() <= COLUMNS);
    let sent = compile(spec, dialogue, &row, &Style::canonical(spec.framing))
        .iter()
        .flat_map(|step| match step {
            PlayStep::Send(1, payloads) => payloads.as_slice(),
            _ => &[],
        })
        .map(|payload| payload.bytes(&Captures::new()))
        .collect();
    (is_short && !has_regex).then_some(Example {
        case,
        dialogue: filled,
        sent,
    })
}

/// What the reference server says, where that is one exact text.
fn said(pattern: &Pattern, spec: &Spec, row: &Row) -> Option<Vec<u8>> {
    let nothing = Captures::new();
    Matcher::new(pattern, spec, row).example(Context {
        captures: &nothing,
        dialect: None,
        now_us: 0,
    })
}

/// Values of the row and sizes of files stand for themselves.
fn fill(segment: &mut Segment, spec: &Spec, row: &Row) {
    let named = |path: &str| match path.strip_prefix('$').and_then(|name| row.get(name)) {
        Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        None => path.to_owned(),
    };
    for part in &mut segment.0 {
        match part {
            Part::Value(name) => {
                if let Some(bytes) = row.get(name) {
                    *part = Part::Literal(bytes.clone());
                }
            }
            Part::File(path) => *path = named(path),
            Part::Size(path) => {
                if let Some(bytes) = spec.data.files.get(&named(path)) {
                    *part = Part::Literal(bytes.len().to_string().into_bytes());
                }
            }
            Part::Literal(_) | Part::Repeat { .. } => {}
        }
    }
}

/// As [`fill`], for what stays a pattern.
fn fill_pattern(pattern: &mut Pattern, row: &Row) {
    for piece in &mut pattern.0 {
        if let PatternPiece::Name { name, .. } = piece
            && let Some(bytes) = row.get(name)
        {
            *piece = PatternPiece::Literal(bytes.clone());
        }
    }
}
