//! Segmentation (law 1): a script that was answered rightly is played again with its bytes cut in
//! every way, and all in one segment. Exhaustive cuts come before random ones: a payload of n bytes
//! has n − 1 single cuts, and they find nearly everything.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use sockspec_spec::model::{Framing, Law};

use super::{Family, Ground, with_sentinel};
use crate::expect::Expectation;
use crate::pattern::Captures;
use crate::plan::{Effort, Options, PlannedCase};
use crate::play::{Cut, Deed, Ending, Payload, PayloadPart, Play, Step, Steps};
use crate::player::Taken;
use crate::seed;
use crate::style::{AnswerEnd, RequestEnd, Style};

/// Most single cuts tried for one script at normal effort: enough for every script of the sheets.
const MAX_SINGLE_CUTS: usize = 160;
/// Longest script of which every byte is sent on its own at normal effort, in bytes.
const MAX_BYTEWISE: usize = 4096;
/// Rows of a case that are cut at every byte at normal effort.
const MAX_ROWS: usize = 8;
/// Most characters of one script that are cut one at a time.
const MAX_SINGLE_CHARACTERS: usize = 16;

/// The segmentation variants of a case.
///
/// Where the target's answers have no end, its own answers of the base play are what the variants
/// must repeat: the stream must not depend on the cuts.
pub(super) fn variants(ground: &Ground<'_>) -> Vec<PlannedCase> {
    let Ground {
        spec,
        case,
        base,
        options,
        ..
    } = *ground;
    let applies =
        case.derive.segmentation && matches!(spec.framing, Framing::Lines | Framing::Bytes);
    if !applies {
        return Vec::new();
    }
    let plays: Vec<Play> = (base.plays.iter().enumerate())
        .map(|(at, play)| expecting_the_same(play, ground.answers(at)))
        .collect();
    let mut cases = Vec::new();
    let mut add = |family: &Family, plays: Vec<Play>| {
        let plays = (plays.into_iter()).map(|play| with_sentinel(play, ground.sentinel));
        cases.extend(family.of(base, plays.collect()));
    };
    let scripted = plays
        .iter()
        .any(|play| matches!(play.steps, Steps::Script(..)));
    // Of a long table only the accents are cut in every row: its other letters are alike.
    let some = match options.effort {
        Effort::Deep => plays.len(),
        Effort::Quick | Effort::Normal => plays.len().min(MAX_ROWS),
    };
    let recut = |plays: &[Play], cuts: &dyn Fn(&[u8]) -> Vec<Cut>| -> Vec<Play> {
        let cut = |play: &Play| with_cuts(play, &cuts(&stream(play)));
        plays.iter().flat_map(cut).collect()
    };

    let short = |bytes: &[u8]| bytes.len() <= MAX_BYTEWISE;
    if scripted {
        // What a script will send is not known before it is played: only cuts that fit any text.
        let bytewise = plays.iter().map(|play| Play {
            cut: Cut::EveryByte,
            ..play.clone()
        });
        add(&BYTEWISE, bytewise.collect());
    } else {
        add(
            &BYTEWISE,
            recut(&plays, &|bytes| match short(bytes) && bytes.len() > 1 {
                true => vec![Cut::EveryByte],
                false => Vec::new(),
            }),
        );
        add(
            &SINGLE_CUTS,
            recut(&plays[..some], &|bytes| single_cuts(bytes, options.effort)),
        );
        add(&IN_CHARACTERS, recut(&plays, &in_characters));
        add(
            &RANDOM_CUTS,
            recut(&plays[..some], &|bytes| {
                random_cuts(bytes, &base.id, options)
            }),
        );
    }
    let joined: Vec<Play> = plays.iter().filter_map(pipelined).collect();
    let mut straddling = Vec::new();
    for play in joined.iter().take(some) {
        let bytes = stream(play);
        straddling.extend(with_cuts(play, &single_cuts(&bytes, options.effort)));
    }
    let halves: Vec<Play> = joined.iter().take(some).filter_map(half_closed).collect();
    add(&ONE_SEGMENT, joined);
    add(&STRADDLING, straddling);
    if spec.framing == Framing::Lines
        && base
            .plays
            .iter()
            .all(|p| p.style.request_end == RequestEnd::Lf)
    {
        let crlf: Vec<Play> = plays.iter().filter_map(with_crlf).collect();
        let cut_crlf = crlf.iter().flat_map(|play| {
            let cuts = crlf_cuts(&stream(play));
            with_cuts(play, &[Cut::At(cuts)])
        });
        let cut_crlf = cut_crlf.collect();
        add(&CRLF, crlf);
        add(&IN_CRLF, cut_crlf);
    }
    if let Some(half_close) = HALF_CLOSE.of(base, halves) {
        let mut half_close = after_pipelining(half_close);
        half_close.packable = false;
        cases.push(half_close);
    }
    cases
}

/// The case, to be played only where several requests in one segment are all answered: whoever answers the
/// first only loses the others here, too.
pub(super) fn after_pipelining(mut case: PlannedCase) -> PlannedCase {
    let pipelining = format!("{}@{}", case.base, ONE_SEGMENT.name);
    case.after.push(pipelining);
    case
}

/// A family of cuts.
const fn cuts(name: &'static str, fr: &'static str, en: &'static str) -> Family {
    Family {
        name,
        fr,
        en,
        level: 2,
        law: Law::Segmentation,
        cause: None,
        serving: None,
    }
}

const BYTEWISE: Family = cuts("bytewise", "un octet par segment", "one byte a segment");
const SINGLE_CUTS: Family = cuts(
    "every-cut",
    "une coupure, à chaque endroit possible",
    "one cut, at every place",
);
const IN_CHARACTERS: Family = cuts(
    "in-characters",
    "coupé à l'intérieur de chaque caractère accentué",
    "cut inside each accented character",
);
const RANDOM_CUTS: Family = cuts(
    "random-cuts",
    "coupures tirées au sort",
    "cuts drawn at random",
);
const ONE_SEGMENT: Family = cuts(
    "one-segment",
    "toutes les requêtes dans un seul segment",
    "all requests in one segment",
);
const STRADDLING: Family = cuts(
    "straddling",
    "requêtes groupées, une coupure à chaque endroit possible",
    "requests together, one cut at every place",
);
const CRLF: Family = cuts("crlf", "lignes finies par CR LF", "lines ended by CR LF");
const IN_CRLF: Family = cuts("in-crlf", "coupé entre CR et LF", "cut between CR and LF");

const HALF_CLOSE: Family = Family {
    name: "half-close",
    fr: "toutes les requêtes, puis FIN, avant de lire",
    en: "all requests, then FIN, before reading",
    level: 3,
    law: Law::HalfClose,
    cause: None,
    serving: None,
};

/// The play, leaving at once when it is done; where answers have no end, expecting what the target
/// itself answered.
fn expecting_the_same(play: &Play, answers: &[Taken]) -> Play {
    let mut play = Play {
        ending: Ending::Leave,
        ..play.clone()
    };
    let endless = play.framing == Framing::Lines && play.style.answer_end == AnswerEnd::Nothing;
    if let (true, Steps::Fixed(steps)) = (endless, &play.steps) {
        let mut answers = answers.iter();
        let learnt: Vec<Step> = steps
            .iter()
            .map(|step| {
                match (
                    step,
                    matches!(step, Step::Expect(..)).then(|| answers.next()),
                ) {
                    (Step::Expect(connection, _), Some(Some(answer))) => {
                        Step::Expect(*connection, Expectation::Learnt(answer.raw.clone()))
                    }
                    _ => step.clone(),
                }
            })
            .collect();
        play.steps = Steps::Fixed(learnt.into());
    }
    play
}

/// All that the first client of a fixed play sends.
fn stream(play: &Play) -> Vec<u8> {
    let Steps::Fixed(steps) = &play.steps else {
        return Vec::new();
    };
    let mut bytes = Vec::new();
    for step in steps.iter() {
        if let Step::Send(1, payloads) = step {
            bytes.extend(payloads.iter().flat_map(|one| one.bytes(&Captures::new())));
        }
    }
    bytes
}

fn with_cuts(play: &Play, cuts: &[Cut]) -> Vec<Play> {
    cuts.iter()
        .map(|cut| {
            let cut_label = match cut {
                Cut::Whole => String::new(),
                Cut::EveryByte => "cut *".to_owned(),
                Cut::At(at) => {
                    let at: Vec<String> = at.iter().map(usize::to_string).collect();
                    format!("cut {}", at.join(","))
                }
            };
            let label = [play.label.as_str(), &cut_label]
                .join(" ")
                .trim()
                .to_owned();
            Play {
                label,
                cut: cut.clone(),
                ..play.clone()
            }
        })
        .collect()
}

/// Every single cut; of a long text, those near its ends, its line ends, its accents and the sizes
/// of usual buffers.
fn single_cuts(bytes: &[u8], effort: Effort) -> Vec<Cut> {
    let most = match effort {
        Effort::Quick => 12,
        Effort::Normal => MAX_SINGLE_CUTS,
        Effort::Deep => 4 * MAX_SINGLE_CUTS,
    };
    let all = 1..bytes.len();
    let chosen: BTreeSet<usize> = if all.len() <= most {
        all.collect()
    } else {
        let mut chosen = character_cuts(bytes);
        chosen.extend(
            bytes
                .iter()
                .enumerate()
                .filter(|(_, b)| **b == b'\n')
                .flat_map(|(at, _)| [at, at + 1]),
        );
        chosen.extend([1, 2, bytes.len() / 2, bytes.len() - 2, bytes.len() - 1]);
        chosen.extend([128, 256, 512, 1000, 1024, 2048, 4096, 8192, 65536]);
        let step = (bytes.len() / most).max(1);
        chosen.extend((step..bytes.len()).step_by(step));
        chosen
            .into_iter()
            .filter(|at| (1..bytes.len()).contains(at))
            .take(most * 2)
            .collect()
    };
    chosen
        .into_iter()
        .map(|at| Cut::At(BTreeSet::from([at])))
        .collect()
}

/// The offsets inside characters of several bytes.
fn character_cuts(bytes: &[u8]) -> BTreeSet<usize> {
    let is_continuation = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    (1..bytes.len())
        .filter(|at| is_continuation(bytes[*at]))
        .take(256)
        .collect()
}

/// All characters cut at once, and each of them alone.
fn in_characters(bytes: &[u8]) -> Vec<Cut> {
    let all = character_cuts(bytes);
    let each = all.iter().take(MAX_SINGLE_CHARACTERS);
    let mut cuts: Vec<Cut> = each.map(|at| Cut::At(BTreeSet::from([*at]))).collect();
    if all.len() > 1 {
        cuts.push(Cut::At(all));
    }
    cuts
}

/// The offsets between CR and LF.
fn crlf_cuts(bytes: &[u8]) -> BTreeSet<usize> {
    (1..bytes.len())
        .filter(|at| bytes[*at - 1..=*at] == *b"\r\n")
        .collect()
}

/// Sets of cuts from a seeded strategy.
fn random_cuts(bytes: &[u8], id: &str, options: &Options) -> Vec<Cut> {
    let count = match options.effort {
        Effort::Quick => 2,
        Effort::Normal => 8,
        Effort::Deep => 64,
    };
    if bytes.len() < 4 {
        return Vec::new();
    }
    let mut runner = TestRunner::new_with_rng(Config::default(), seed::rng(options.seed, id));
    let strategy = proptest::collection::btree_set(1..bytes.len(), 2..=bytes.len().min(12));
    (0..count)
        .filter_map(|_| strategy.new_tree(&mut runner).ok())
        .map(|tree| Cut::At(tree.current()))
        .collect()
}

/// All requests in one segment, then all answers; `None` where an answer decides what is sent next,
/// or something other than asking and answering happens.
fn pipelined(play: &Play) -> Option<Play> {
    let Steps::Fixed(steps) = &play.steps else {
        return None;
    };
    let mut parts = Vec::new();
    let mut rest = Vec::new();
    let mut sends = 0;
    for step in steps.iter() {
        match step {
            Step::Send(1, payloads) => {
                sends += 1;
                parts.extend(payloads.iter().flat_map(|one| one.0.iter().cloned()));
            }
            Step::Expect(1, _) | Step::Shows(..) => rest.push(step.clone()),
            _ => return None,
        }
    }
    if sends < 2 {
        return None;
    }
    let mut all = vec![Step::Send(1, vec![Payload(parts)])];
    // Before the first request a server may have the word: then it is waited for.
    if let Some(Step::Expect(..) | Step::Shows(..)) = steps.first() {
        all.insert(0, rest.remove(0));
    }
    all.extend(rest);
    Some(Play {
        steps: Steps::Fixed(all.into()),
        ..play.clone()
    })
}

/// A pipelined play whose client ends its direction before it reads the answers.
fn half_closed(play: &Play) -> Option<Play> {
    let Steps::Fixed(steps) = &play.steps else {
        return None;
    };
    let sent = steps
        .iter()
        .position(|step| matches!(step, Step::Send(..)))?;
    let mut steps = steps.to_vec();
    steps.insert(sent + 1, Step::Do(1, Deed::Fin));
    Some(Play {
        steps: Steps::Fixed(steps.into()),
        ..play.clone()
    })
}

/// The same lines ended by CR LF.
fn with_crlf(play: &Play) -> Option<Play> {
    let style = Style {
        request_end: RequestEnd::CrLf,
        ..(*play.style).clone()
    };
    let style = Arc::new(style);
    let Steps::Fixed(steps) = &play.steps else {
        return Some(Play {
            style,
            ..play.clone()
        });
    };
    let (mut changed, mut captures) = (false, false);
    let steps: Vec<Step> = steps
        .iter()
        .map(|step| match step {
            Step::Send(connection, payloads) => {
                let mut bytes: Vec<Vec<u8>> = payloads
                    .iter()
                    .map(|one| one.bytes(&Captures::new()))
                    .collect();
                captures |= payloads
                    .iter()
                    .flat_map(|one| &one.0)
                    .any(|part| matches!(part, PayloadPart::Captured(_)));
                if let Some(last) = bytes.last_mut()
                    && last.ends_with(b"\n")
                    && !last.ends_with(b"\r\n")
                {
                    last.insert(last.len() - 1, b'\r');
                    changed = true;
                }
                Step::Send(*connection, bytes.into_iter().map(Payload::new).collect())
            }
            other => other.clone(),
        })
        .collect();
    (changed && !captures).then(|| Play {
        style,
        steps: Steps::Fixed(steps.into()),
        ..play.clone()
    })
}
