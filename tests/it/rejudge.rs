//! A law: a transcript judged again gives the outcome that the live play had.
//!
//! Plays of all exercises, cut at random, are played against right and flawed servers. The limits
//! are short: verdicts may then be unjust, but the judge must reach the same ones.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, FileFailurePersistence};
use sockspec_case::judge::judge;
use sockspec_case::plan::{self, Effort, Options, PlannedCase};
use sockspec_case::play::{Cut, Ending, Play};
use sockspec_case::style::{AnswerEnd, Style};
use sockspec_engine::{Engine, Limits, Target};
use sockspec_spec::Spec;
use sockspec_spec::model::Needs;
use sockspec_tests::Server;

use crate::{ROOT, SOCKSPEC};

/// Time limits are multiplied by this.
const SCALE: f64 = 0.15;
/// Most cuts of one play.
const MAX_CUTS: usize = 12;

/// Who is played against: servers whose answers come, and servers whose answers do not.
const TARGETS: &[(&str, Option<&str>)] = &[
    ("kv", None),
    ("kv", Some("one-recv-one-message")),
    ("kv", Some("answers-first-only")),
    ("kv", Some("closes-on-invalid-utf8")),
    ("kv", Some("never-closes")),
    ("kv", Some("answers-late")),
    ("text-commands", None),
    ("text-commands", Some("split-character")),
    ("text-commands", Some("missing-newline")),
    ("text-commands", Some("keeps-carriage-return")),
    ("echo-tcp", None),
    ("echo-tcp", Some("truncates-at-buffer")),
    ("echo-tcp", Some("waits-for-newline")),
    ("upper-tcp", None),
    ("upper-tcp", Some("bytes-versus-characters")),
    ("mystery-number", None),
    ("mystery-number", Some("inverted-hints")),
    ("files", None),
    ("files", Some("ends-file-with-newline")),
    ("web", None),
    ("web", Some("no-content-length")),
    ("daytime-tcp", None),
    ("daytime-tcp", Some("does-not-close")),
    ("time-tcp", None),
    ("time-tcp", Some("eight-bytes")),
    ("discard-tcp", None),
    ("discard-tcp", Some("reads-once")),
    ("discard-udp", Some("stops-at-empty-datagram")),
    ("chargen-tcp", None),
    ("chargen-tcp", Some("sends-one-line")),
    ("unix-successor", None),
    ("unix-successor", Some("encodes-as-text")),
    ("bar", None),
    ("bar", Some("stale-buffer")),
    ("echo-udp", None),
    ("echo-udp", Some("answers-twice")),
    ("upper-udp", Some("drops-last-byte")),
    ("daytime-udp", Some("silent-on-empty-datagram")),
];

/// A target with all that may be played against it.
struct Stage {
    server: Server,
    spec: Arc<Spec>,
    cases: Vec<PlannedCase>,
}

impl Stage {
    fn new(exercise: &str, flaw: Option<&str>) -> Self {
        let path = format!("{ROOT}/specs/{exercise}.toml");
        let text = fs::read_to_string(&path).expect("the spec is there");
        let data = |path: &str| {
            let bytes = fs::read(format!("{ROOT}/specs/{path}"));
            bytes.map(Arc::from).map_err(|error| error.to_string())
        };
        let (spec, _) = sockspec_spec::load_with(&path, &text, &data);
        let spec = Arc::new(spec.expect("the spec is right"));
        let options = Options {
            strict: false,
            effort: Effort::Quick,
            seed: 1,
        };
        let style = Arc::new(Style::canonical(spec.framing));
        let by_address = spec
            .cases
            .iter()
            .filter(|case| case.needs == Needs::Address);
        let cases = by_address
            .map(|case| plan::base(&spec, case, &style, &options))
            .collect();
        Stage {
            server: SOCKSPEC.serve(exercise, flaw, &[]),
            spec,
            cases,
        }
    }
}

/// What is drawn for one play.
#[derive(Clone, Debug)]
struct Draw {
    target: Index,
    case: Index,
    play: Index,
    cuts: Option<Vec<Index>>,
    strict: bool,
    endless: bool,
    ending: usize,
}

fn draw() -> impl Strategy<Value = Draw> {
    let cuts = prop::option::of(prop::collection::vec(any::<Index>(), 0..MAX_CUTS));
    (
        any::<Index>(),
        any::<Index>(),
        any::<Index>(),
        cuts,
        any::<bool>(),
        prop::bool::weighted(0.1),
        0..3usize,
    )
        .prop_map(|(target, case, play, cuts, strict, endless, ending)| Draw {
            target,
            case,
            play,
            cuts,
            strict,
            endless,
            ending,
        })
}

/// The play that was drawn.
fn play(stage: &Stage, draw: &Draw) -> (String, Play) {
    let case = draw.case.get(&stage.cases);
    let mut play = draw.play.get(&case.plays).clone();
    play.cut = match &draw.cuts {
        None => Cut::EveryByte,
        Some(cuts) => Cut::At(cuts.iter().map(|cut| 1 + cut.index(200)).collect()),
    };
    // A play of 12 MiB, byte by byte, says nothing more.
    if case.id == "slow-reader" || case.id.contains("size") || case.id.contains("long") {
        play.cut = Cut::Whole;
    }
    play.strict = draw.strict;
    play.ending = [Ending::Leave, Ending::Observe, Ending::Leave][draw.ending];
    if draw.endless {
        let style = Style {
            answer_end: AnswerEnd::Nothing,
            ..(*play.style).clone()
        };
        play.style = Arc::new(style);
    }
    (case.id.clone(), play)
}

#[test]
fn a_transcript_judged_again_gives_the_same_outcome() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime");
    let stages: Mutex<BTreeMap<usize, Stage>> = Mutex::default();
    let config = Config {
        cases: 160,
        max_shrink_iters: 40,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..Config::default()
    };
    proptest!(config, |(draw in draw())| {
        let at = draw.target.index(TARGETS.len());
        let (exercise, flaw) = TARGETS[at];
        let mut stages = stages.lock().expect("no thread panicked");
        let stage = stages.entry(at).or_insert_with(|| Stage::new(exercise, flaw));
        let (id, play) = play(stage, &draw);
        let played = runtime.block_on(async {
            let address = stage.server.address();
            let target = Target::resolve(address, stage.spec.transport, stage.spec.port).await;
            let target = target.expect("the address is right");
            Engine::new(target, Limits::default().scaled(SCALE)).play(&play, false).await
        });
        let again = judge(&play, &played.transcript);
        prop_assert_eq!(&again, &played.outcome, "{} {:?} {}: {:?}", exercise, flaw, id, played.transcript);
    });
}
