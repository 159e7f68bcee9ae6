//! Any bytes as an answer, held against the exercises' expectations and against patterns of its own: no
//! panic, nothing is taken that has not come, and what is decided stays decided when more comes.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use sockspec_case::expect::{Expectation, Progress, Seen};
use sockspec_case::pattern::{Captures, Context, Row};
use sockspec_case::plan;
use sockspec_case::play::Step;
use sockspec_case::style::{AnswerEnd, Dialect, Style};
use sockspec_case::transcript::Silence;
use sockspec_case::unit::Ended;
use sockspec_fuzz::{SPECS, load};
use sockspec_spec::Spec;
use sockspec_spec::dialogue::{self, Act, Dialogue};
use sockspec_spec::model::{Body, Framing};

/// Every expectation of every exercise, with its framing.
static KNOWN: LazyLock<Vec<(Framing, Expectation)>> = LazyLock::new(|| {
    let mut known = Vec::new();
    for spec in SPECS.iter() {
        for case in &spec.cases {
            let Body::Dialogue(dialogue) = &case.body else {
                continue;
            };
            let row: Row = (case.rows.first().into_iter().flatten())
                .filter_map(|(name, text)| Some((name.clone(), dialogue::parse_bytes(text).ok()?)))
                .collect();
            let all = expectations(spec, dialogue, &row);
            // Megabytes would only make the search slow.
            let short = all.into_iter().filter(|one| match one {
                Expectation::Text(text) | Expectation::Bytes(text) => text.len() < 1000,
                _ => true,
            });
            known.extend(short.map(|one| (spec.framing, one)));
        }
    }
    known
});

fn expectations(spec: &Spec, dialogue: &Dialogue, row: &Row) -> Vec<Expectation> {
    let style = Style::canonical(spec.framing);
    let steps = plan::compile(spec, dialogue, row, &style);
    let mut found = Vec::new();
    for step in steps {
        match step {
            Step::Expect(_, one) => found.push(one),
            Step::Either(branches) => {
                found.extend(
                    branches
                        .into_iter()
                        .flatten()
                        .filter_map(|step| match step {
                            Step::Expect(_, one) => Some(one),
                            _ => None,
                        }),
                );
            }
            _ => {}
        }
    }
    found
}

/// The expectation of a pattern that the loader takes.
fn written(spec: &Spec, pattern: &str) -> Option<Expectation> {
    let mut spec = spec.clone();
    let step = dialogue::parse(&format!("C: a\nS~ {pattern}\n")).ok()?;
    let is_pattern = |act: &Act| matches!(act, Act::Pattern(_));
    if step.items.len() != 2 || !step.steps().any(|step| is_pattern(&step.act)) {
        return None;
    }
    let control = spec.control.clone();
    spec.cases.retain(|case| case.id == control);
    let case = spec.cases.first_mut()?;
    case.rows.clear();
    case.corpus = None;
    case.body = Body::Dialogue(step);
    case.packable = true;
    // What is written by hand is checked when it is loaded.
    let loaded = load("fuzz", &sockspec_spec::write(&spec))?;
    let Body::Dialogue(dialogue) = &loaded.cases.first()?.body else {
        return None;
    };
    expectations(&loaded, dialogue, &Row::new())
        .into_iter()
        .next()
}

fn style(input: &mut Unstructured<'_>) -> Result<Style> {
    let mut small = |most: usize| -> Result<Vec<u8>> {
        let length = input.int_in_range(0..=most)?;
        Ok(input.bytes(length)?.to_vec())
    };
    let (prompt, prefix, suffix) = (small(3)?, small(3)?, small(2)?);
    let ends = [
        AnswerEnd::Lf,
        AnswerEnd::CrLf,
        AnswerEnd::Nul,
        AnswerEnd::Nothing,
    ];
    let dialects = [None, Some(Dialect::Ascii), Some(Dialect::Unicode)];
    Ok(Style {
        prompt,
        prefix,
        suffix,
        answer_end: *input.choose(&ends)?,
        answer_lines: input.int_in_range(1..=3)?,
        dialect: *input.choose(&dialects)?,
        discovering: input.ratio(1, 8)?,
        ..Style::default()
    })
}

fuzz_target!(|data: &[u8]| {
    let _ = run(&mut Unstructured::new(data));
});

fn run(input: &mut Unstructured<'_>) -> Result<()> {
    let plain: bool = input.arbitrary()?;
    let style = match plain {
        true => None,
        false => Some(style(input)?),
    };
    let (framing, expectation) = match input.ratio(2u8, 3u8)? {
        true => input.choose(&KNOWN)?.clone(),
        false => {
            let spec = input.choose(&SPECS)?;
            let length = input.int_in_range(0..=60usize)?.min(input.len());
            let pattern = String::from_utf8_lossy(input.bytes(length)?).into_owned();
            match written(spec, &pattern) {
                Some(one) => (spec.framing, one),
                None => return Ok(()),
            }
        }
    };
    let style = style.unwrap_or_else(|| Style::canonical(framing));
    let cut = input.int_in_range(0..=64usize)?;
    let ends = [
        None,
        Some(Ended::Fin),
        Some(Ended::Reset),
        Some(Ended::Quiet(Silence::Blocked)),
    ];
    let ended = *input.choose(&ends)?;
    let body = match input.ratio(1u8, 4u8)? {
        true => {
            let length = input.int_in_range(0..=8usize)?.min(input.len());
            Some(input.bytes(length)?)
        }
        false => None,
    };
    let left = input.len();
    let bytes = input.bytes(left)?;
    let captures = Captures::new();
    let context = Context {
        captures: &captures,
        dialect: style.dialect,
        now_us: 1_700_000_000_000_000,
    };
    let check = |bytes: &[u8], ended: Option<Ended>| {
        let seen = Seen {
            bytes,
            body,
            ended,
            style: &style,
            framing,
            context,
        };
        let progress = expectation.check(seen);
        if let Progress::Met(met) = &progress {
            assert!(met.consumed <= bytes.len(), "{expectation:?} {met:?}");
        }
        if ended.is_some() {
            assert!(progress != Progress::More, "{expectation:?} {bytes:?}");
        }
        progress
    };
    let whole = check(bytes, ended);
    let _ = (expectation.example(context), expectation.shown());
    // What begins a stream of lines is decided by its first line, and by nothing that follows.
    if framing == Framing::Lines && !style.discovering {
        let begun = check(&bytes[..cut.min(bytes.len())], None);
        match (begun, whole) {
            (Progress::More, _) => {}
            (Progress::Met(begun), Progress::Met(whole)) => {
                assert_eq!(begun.content, whole.content, "{expectation:?} {bytes:?}");
                // Zeros that pad an answer go with it, as many of them as have come.
                let ended = bytes[begun.consumed.min(whole.consumed)..].iter();
                let padding = ended.take_while(|byte| **byte == 0).count();
                let apart = begun.consumed.abs_diff(whole.consumed);
                let most = if style.answer_end == AnswerEnd::Nul {
                    padding
                } else {
                    0
                };
                assert!(
                    apart <= most,
                    "{expectation:?} {bytes:?} {begun:?} {whole:?}"
                );
            }
            (Progress::Wrong { finding, .. }, Progress::Wrong { finding: other, .. }) => {
                assert_eq!(finding, other, "{expectation:?} {bytes:?}");
            }
            (begun, whole) => panic!("{expectation:?} {bytes:?} {cut}: {begun:?}, then {whole:?}"),
        }
    }
    Ok(())
}
