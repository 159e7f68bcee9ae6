//! Abrupt ends (law 2): a script is broken off after each of its steps and inside each message, by a
//! close, a reset, or a FIN and then a reset; after each of them a neighbour that was connected before
//! and a fresh client are served as if nothing had happened.

use std::iter::repeat_n;
use std::sync::Arc;

use sockspec_spec::model::{Law, Serving, Transport};

use super::{Family, Ground, on};
use crate::pattern::Captures;
use crate::plan::{Effort, PlannedCase};
use crate::play::{Cut, Deed, Ending, Payload, Play, Step, Steps};
use crate::transcript::{Kind, Transcript};

/// Rows of a case that are broken off at normal effort.
const MAX_ROWS: usize = 2;
/// Steps after which a script is broken off at normal effort.
const MAX_STEPS: usize = 12;
/// The same of what a script did: its answers are not known, each is waited for until quiet.
const MAX_REPLAYED: usize = 5;
/// Longest message that is sent before a script is broken off, in bytes.
const MAX_BYTES: usize = 4096;

/// Much work for a target, in bytes: no more than its system takes at once, so that the FIN behind it
/// arrives too.
const WORK_BYTES: usize = 48 << 10;

/// How often that is tried: whether the target still writes when its client has left is a race, which
/// one that reads all of it at once wins now and then.
const TIMES_AT_WORK: usize = 6;
/// The same where the FIN comes first: only there does the first write already meet SIGPIPE.
const TIMES_AT_WORK_ABORTED: usize = 18;

const ABRUPT_ENDS: Family = Family {
    name: "abrupt-ends",
    fr: "le client coupe après chaque étape et au milieu de chaque message",
    en: "the client breaks off after each step and inside each message",
    level: 3,
    law: Law::Survival,
    cause: None,
    serving: Some(Serving::Iterative),
};

/// How a client goes, in words that need no translation.
const ENDS: [(&str, Deed); 3] = [
    ("close", Deed::Close),
    ("reset", Deed::Reset),
    // What the target writes next is refused: the one way to see whether SIGPIPE ends it.
    ("fin, reset", Deed::Abort),
];

/// The family made from a case; at quick effort from the control only.
pub(super) fn variants(ground: &Ground<'_>) -> Option<PlannedCase> {
    let Ground {
        spec,
        case,
        base,
        options,
        ..
    } = *ground;
    let applies = case.derive.ends
        && spec.transport != Transport::Udp
        && (options.effort > Effort::Quick || case.id == spec.control);
    if !applies {
        return None;
    }
    let rows = match options.effort {
        Effort::Deep => base.plays.len(),
        Effort::Quick | Effort::Normal => MAX_ROWS,
    };
    let plays = base.plays.iter().take(rows).flat_map(|play| {
        let mut all: Vec<Play> = beginnings(play, ground.transcript)
            .iter()
            .flat_map(|beginning| ENDS.map(|end| broken_off(ground, play, beginning, end)))
            .collect();
        if let Some(work) = at_work(play).filter(|_| case.id == spec.control) {
            let break_off = |end| broken_off(ground, play, &work, end);
            all.extend(ENDS.repeat(TIMES_AT_WORK).into_iter().map(break_off));
            let [.., aborted] = ENDS;
            let more = TIMES_AT_WORK_ABORTED - TIMES_AT_WORK;
            all.extend(repeat_n(aborted, more).map(break_off));
        }
        all
    });
    ABRUPT_ENDS.of(base, plays.collect())
}

/// A script up to where it is broken off.
struct Beginning {
    label: String,
    steps: Vec<Step>,
}

/// Every place where a script can be broken off.
fn beginnings(play: &Play, transcript: Option<&Transcript>) -> Vec<Beginning> {
    let steps = match &play.steps {
        Steps::Fixed(steps) => steps.to_vec(),
        Steps::Script(..) => transcript.map(replayed).unwrap_or_default(),
    };
    let mut all = vec![Beginning {
        label: "after connect".to_owned(),
        steps: vec![Step::Open(1)],
    }];
    let mut so_far = Vec::new();
    for (at, step) in steps.iter().take(MAX_STEPS).enumerate() {
        match step {
            Step::Send(1, payloads) => {
                let bytes: Vec<u8> = (payloads.iter())
                    .flat_map(|one| one.bytes(&Captures::new()))
                    .collect();
                if bytes.len() > MAX_BYTES {
                    break;
                }
                if let Some(inside) = inside(&bytes) {
                    let part = Step::Send(1, vec![Payload::new(&bytes[..inside])]);
                    all.push(Beginning {
                        label: format!("inside step {}", at + 1),
                        steps: so_far.iter().cloned().chain([part]).collect(),
                    });
                }
            }
            Step::Expect(1, _) | Step::ExpectRead(1) | Step::Collect(1) | Step::Shows(..) => {}
            // What comes after has ends of its own, or other clients.
            _ => break,
        }
        so_far.push(step.clone());
        all.push(Beginning {
            label: format!("after step {}", at + 1),
            steps: so_far.clone(),
        });
    }
    all
}

/// A target with much work at hand: what it writes then meets a client that has left.
fn at_work(play: &Play) -> Option<Beginning> {
    let Steps::Fixed(steps) = &play.steps else {
        return None;
    };
    let Some(Step::Send(1, payloads)) = steps.first() else {
        return None;
    };
    let once: Vec<u8> = (payloads.iter())
        .flat_map(|one| one.bytes(&Captures::new()))
        .collect();
    let many = once.repeat(WORK_BYTES / once.len().max(1));
    Some(Beginning {
        label: "in the midst of much work".to_owned(),
        steps: vec![Step::Send(1, vec![Payload::new(many)])],
    })
}

/// The place inside a message: inside its first long character, else in its middle.
fn inside(bytes: &[u8]) -> Option<usize> {
    let is_continuation = |byte: &u8| byte & 0b1100_0000 == 0b1000_0000;
    match bytes.iter().position(is_continuation) {
        Some(at) if at > 0 => Some(at),
        _ if bytes.len() > 1 => Some(bytes.len() / 2),
        _ => None,
    }
}

/// What a script did, as fixed steps: the same is sent, whatever comes back.
fn replayed(transcript: &Transcript) -> Vec<Step> {
    let mut steps = Vec::new();
    for event in transcript
        .events
        .iter()
        .filter(|event| event.connection == 1)
    {
        match &event.kind {
            Kind::Sent { bytes, .. } => {
                steps.push(Step::Send(1, vec![Payload::new(bytes.as_slice())]));
            }
            Kind::Received(_) if !matches!(steps.last(), Some(Step::Collect(_))) => {
                steps.push(Step::Collect(1));
            }
            Kind::Fin | Kind::Reset | Kind::SentFin | Kind::Judged => break,
            _ => {}
        }
        if steps.len() == MAX_REPLAYED {
            break;
        }
    }
    steps
}

/// A neighbour is served, a script begins and is broken off, the neighbour and a fresh client are served.
fn broken_off(ground: &Ground<'_>, play: &Play, begun: &Beginning, end: (&str, Deed)) -> Play {
    let Beginning { label, steps } = begun;
    let neighbour = || ground.neighbour.iter().map(|step| on(step, 2));
    let fresh = ground.lifeline.iter().map(|step| on(step, 3));
    let all: Vec<Step> = neighbour()
        .chain(steps.iter().cloned())
        .chain([Step::Do(1, end.1)])
        .chain(neighbour())
        .chain(fresh)
        .collect();
    Play {
        label: format!("{} {label}: {}", play.label, end.0)
            .trim()
            .to_owned(),
        steps: Steps::Fixed(Arc::from(all)),
        cut: Cut::Whole,
        ending: Ending::Leave,
        ..play.clone()
    }
}
