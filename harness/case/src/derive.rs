//! Derived cases: the laws that no script lists, made from each scripted case.
//!
//! Segmentation (law 1): a script that was answered rightly is played again with its bytes cut in
//! every way, and all in one segment. Exhaustive cuts come before random ones: a payload of n bytes
//! has n − 1 single cuts, and they find nearly everything.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sockspec_spec::Spec;
use sockspec_spec::model::{Case, Framing, Law, Text};

use crate::expect::Expectation;
use crate::pattern::Captures;
use crate::plan::{Effort, Options, PlannedCase};
use crate::play::{Cut, Deed, Ending, Payload, PayloadPart, Play, Step, Steps};
use crate::player::{Outcome, Taken};
use crate::style::{AnswerEnd, RequestEnd, Style};

/// Most single cuts tried for one script at normal effort: enough for every script of the sheets.
const MAX_SINGLE_CUTS: usize = 160;
/// Longest script of which every byte is sent on its own at normal effort, in bytes.
const MAX_BYTEWISE: usize = 4096;

/// The segmentation variants of a case whose plays went as `outcomes` say.
///
/// Where the target's answers have no end, its own answers of the base play are what the variants
/// must repeat: the stream must not depend on the cuts. `sentinel` is a question and its answer that
/// end each dialogue; it may be empty.
pub fn segmentation(
    spec: &Spec,
    case: &Case,
    base: &PlannedCase,
    outcomes: &[Outcome],
    sentinel: &[Step],
    options: &Options,
) -> Vec<PlannedCase> {
    let applies =
        case.derive.segmentation && matches!(spec.framing, Framing::Lines | Framing::Bytes);
    if !applies {
        return Vec::new();
    }
    let plays: Vec<Play> = base
        .plays
        .iter()
        .zip(outcomes)
        .map(|(play, outcome)| expecting_the_same(play, &outcome.answers))
        .collect();
    let mut cases = Vec::new();
    let mut add = |variant: &Variant, plays: Vec<Play>| {
        let plays: Vec<Play> = plays
            .into_iter()
            .map(|play| with_sentinel(play, sentinel))
            .collect();
        if !plays.is_empty() {
            cases.push(planned(base, variant, plays));
        }
    };
    let scripted = plays
        .iter()
        .any(|play| matches!(play.steps, Steps::Script(..)));
    let recut = |cuts: &dyn Fn(&[u8]) -> Vec<Cut>| -> Vec<Play> {
        plays
            .iter()
            .flat_map(|play| with_cuts(play, &cuts(&stream(play))))
            .collect()
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
            recut(&|bytes| match short(bytes) && bytes.len() > 1 {
                true => vec![Cut::EveryByte],
                false => Vec::new(),
            }),
        );
        add(
            &SINGLE_CUTS,
            recut(&|bytes| single_cuts(bytes, options.effort)),
        );
        add(
            &IN_CHARACTERS,
            recut(&|bytes| {
                let cuts = character_cuts(bytes);
                if cuts.is_empty() {
                    Vec::new()
                } else {
                    vec![Cut::At(cuts)]
                }
            }),
        );
        add(
            &RANDOM_CUTS,
            recut(&|bytes| random_cuts(bytes, &base.id, options)),
        );
    }
    let joined: Vec<Play> = plays.iter().filter_map(pipelined).collect();
    let mut straddling = Vec::new();
    if options.effort > Effort::Quick {
        for play in &joined {
            let bytes = stream(play);
            straddling.extend(with_cuts(play, &single_cuts(&bytes, options.effort)));
        }
    }
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
    cases
}

/// A family of derived dialogues.
struct Variant {
    name: &'static str,
    fr: &'static str,
    en: &'static str,
    points: u32,
}

const BYTEWISE: Variant = Variant {
    name: "bytewise",
    fr: "un octet par segment",
    en: "one byte a segment",
    points: 1,
};
const SINGLE_CUTS: Variant = Variant {
    name: "every-cut",
    fr: "une coupure, à chaque endroit possible",
    en: "one cut, at every place",
    points: 1,
};
const IN_CHARACTERS: Variant = Variant {
    name: "in-characters",
    fr: "coupé à l'intérieur de chaque caractère accentué",
    en: "cut inside each accented character",
    points: 1,
};
const RANDOM_CUTS: Variant = Variant {
    name: "random-cuts",
    fr: "coupures tirées au sort",
    en: "cuts drawn at random",
    points: 1,
};
const ONE_SEGMENT: Variant = Variant {
    name: "one-segment",
    fr: "toutes les requêtes dans un seul segment",
    en: "all requests in one segment",
    points: 1,
};
const STRADDLING: Variant = Variant {
    name: "straddling",
    fr: "requêtes groupées, une coupure à chaque endroit possible",
    en: "requests together, one cut at every place",
    points: 1,
};
const CRLF: Variant = Variant {
    name: "crlf",
    fr: "lignes finies par CR LF",
    en: "lines ended by CR LF",
    points: 1,
};
const IN_CRLF: Variant = Variant {
    name: "in-crlf",
    fr: "coupé entre CR et LF",
    en: "cut between CR and LF",
    points: 1,
};

fn planned(base: &PlannedCase, variant: &Variant, plays: Vec<Play>) -> PlannedCase {
    PlannedCase {
        id: format!("{}@{}", base.base, variant.name),
        title: Text {
            fr: format!("{} — {}", base.title.fr, variant.fr),
            en: format!("{} — {}", base.title.en, variant.en),
        },
        level: base.level.max(2),
        law: Law::Segmentation,
        points: variant.points,
        after: vec![base.id.clone()],
        // What failing the base means says nothing of the cuts.
        cause: None,
        plays,
        ..base.clone()
    }
}

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

/// The play followed by a question whose answer is known: whatever the play made the target say too
/// much comes before that answer, and shows. No time has to be waited for.
pub fn with_sentinel(play: Play, sentinel: &[Step]) -> Play {
    let done = |step: &Step| matches!(step, Step::Do(1, Deed::Fin | Deed::Reset | Deed::Close));
    match &play.steps {
        Steps::Fixed(steps)
            if matches!(steps.last(), Some(Step::Expect(1, _))) && !steps.iter().any(done) =>
        {
            let steps: Vec<Step> = steps.iter().chain(sentinel).cloned().collect();
            Play {
                steps: Steps::Fixed(steps.into()),
                ..play
            }
        }
        _ => play,
    }
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

/// The offsets between CR and LF.
fn crlf_cuts(bytes: &[u8]) -> BTreeSet<usize> {
    (1..bytes.len())
        .filter(|at| bytes[*at - 1..=*at] == *b"\r\n")
        .collect()
}

/// Sets of cuts from a seeded strategy; each case draws from a seed of its own, so that neither the
/// order nor the choice of cases changes a draw.
fn random_cuts(bytes: &[u8], id: &str, options: &Options) -> Vec<Cut> {
    let count = match options.effort {
        Effort::Quick => 2,
        Effort::Normal => 8,
        Effort::Deep => 64,
    };
    if bytes.len() < 4 {
        return Vec::new();
    }
    let mut seed = [0u8; 32];
    seed[..8].copy_from_slice(&options.seed.to_le_bytes());
    for (at, byte) in id.bytes().enumerate() {
        seed[8 + at % 24] ^= byte.rotate_left((at / 24) as u32);
    }
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
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
            Step::Expect(1, _) => rest.push(step.clone()),
            _ => return None,
        }
    }
    if sends < 2 {
        return None;
    }
    let mut all = vec![Step::Send(1, vec![Payload(parts)])];
    // Before the first request a server may have the word: then it is waited for.
    if let Some(Step::Expect(..)) = steps.first() {
        all.insert(0, rest.remove(0));
    }
    all.extend(rest);
    Some(Play {
        steps: Steps::Fixed(all.into()),
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
