//! Any events as the transcript of a play: it is judged in the end, without panic, and twice alike.

#![no_main]

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use sockspec_case::judge::judge;
use sockspec_case::plan::{self, Effort, Options};
use sockspec_case::play::{Cut, Ending, Play};
use sockspec_case::style::{AnswerEnd, Greeting, Style};
use sockspec_case::transcript::{Barrier, ConnectError, Event, Kind, Silence, Transcript};
use sockspec_fuzz::SPECS;
use sockspec_spec::Spec;
use sockspec_spec::model::Case;

/// Most events of a transcript.
const MAX_EVENTS: usize = 64;

fuzz_target!(|data: &[u8]| {
    let _ = run(&mut Unstructured::new(data));
});

fn run(input: &mut Unstructured<'_>) -> Result<()> {
    let play = play(input)?;
    let mut transcript = Transcript {
        started_us: 1_700_000_000_000_000,
        events: Vec::new(),
    };
    let mut at = Duration::ZERO;
    while !input.is_empty() && transcript.events.len() < MAX_EVENTS {
        at += Duration::from_millis(u64::from(input.arbitrary::<u8>()?));
        transcript.events.push(Event {
            at,
            connection: input.int_in_range(1..=4)?,
            kind: kind(input)?,
        });
    }
    assert_eq!(judge(&play, &transcript), judge(&play, &transcript));
    Ok(())
}

/// The cases that send little: megabytes would only make the search slow.
static CASES: LazyLock<Vec<(Arc<Spec>, Case)>> = LazyLock::new(|| {
    let all = SPECS.iter().flat_map(|spec| {
        let cases = spec.cases.iter();
        cases.map(|case| (spec.clone(), case.clone()))
    });
    all.filter(|(spec, case)| {
        let style = Arc::new(Style::canonical(spec.framing));
        let plays = planned(spec, case, &style, false);
        plays.iter().all(|play| play.sends().concat().len() < 2000)
    })
    .collect()
});

/// The plays of those, of servers in the reference's style, for lenient and for strict grades.
static PLAYS: LazyLock<Vec<Play>> = LazyLock::new(|| {
    let mut plays = Vec::new();
    for (spec, case) in CASES.iter() {
        let style = Arc::new(Style::canonical(spec.framing));
        for strict in [false, true] {
            plays.extend(planned(spec, case, &style, strict).into_iter().take(8));
        }
    }
    plays
});

fn planned(spec: &Arc<Spec>, case: &Case, style: &Arc<Style>, strict: bool) -> Vec<Play> {
    let options = Options {
        strict,
        effort: Effort::Normal,
        seed: 1,
    };
    plan::base(spec, case, style, &options).plays
}

fn play(input: &mut Unstructured<'_>) -> Result<Play> {
    // To plan a case takes longer than to judge it.
    let play = match input.ratio(7u8, 8u8)? {
        true => input.choose(&PLAYS)?.clone(),
        false => styled(input)?,
    };
    let endings = [Ending::Leave, Ending::Observe, Ending::Keep];
    Ok(Play {
        ending: *input.choose(&endings)?,
        cut: match input.ratio(1u8, 4u8)? {
            true => Cut::EveryByte,
            false => Cut::Whole,
        },
        ..play
    })
}

fn styled(input: &mut Unstructured<'_>) -> Result<Play> {
    let (spec, case) = input.choose(&CASES)?;
    let ends = [AnswerEnd::Lf, AnswerEnd::Nul, AnswerEnd::Nothing];
    let mut style = Style::canonical(spec.framing);
    let length = input.int_in_range(0..=4usize)?.min(input.len());
    style.greeting = Greeting {
        example: input.bytes(length)?.to_vec(),
    };
    style.answer_end = *input.choose(&ends)?;
    style.discovering = input.arbitrary()?;
    let length = (length / 2).min(input.len());
    style.prompt = input.bytes(length)?.to_vec();
    let plays = planned(spec, case, &Arc::new(style), input.arbitrary()?);
    Ok(input.choose(&plays)?.clone())
}

fn kind(input: &mut Unstructured<'_>) -> Result<Kind> {
    Ok(match input.int_in_range(0..=15u8)? {
        0..=1 => Kind::Opened,
        2 => Kind::Continued,
        3 => Kind::NotOpened(*input.choose(&[ConnectError::Refused, ConnectError::TimedOut])?),
        4 => Kind::Sent {
            bytes: few(input)?,
            barrier: Barrier::None,
        },
        5..=9 => Kind::Received(few(input)?),
        10 => Kind::Received(input.choose(&ANSWERS)?.to_vec()),
        11 => Kind::Fin,
        12 => Kind::Reset,
        13 => Kind::Quiet(*input.choose(&[
            Silence::Blocked,
            Silence::Window,
            Silence::Deadline,
            Silence::Busy,
        ])?),
        14 => Kind::Flooded,
        _ => Kind::Starved,
    })
}

/// Answers that are right somewhere.
const ANSWERS: [&[u8]; 8] = [
    b"OK sill\n",
    b"ERR unknown key\n",
    b"MYSTERE 100 7\n",
    b"PLUS GRAND\n",
    b"bonjour\n",
    b"BONJOUR\n",
    b"1700000000\n",
    b"GAGNE\n",
];

fn few(input: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let length = input.int_in_range(0..=24usize)?.min(input.len());
    Ok(input.bytes(length)?.to_vec())
}
