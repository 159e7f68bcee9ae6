use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use sockspec_spec::dialogue::{Act, Actor, Dialogue, Event};
use sockspec_spec::model::Body;

use super::*;
use crate::fixture::{Target, by_line, drive};
use crate::plan::{self, Options};
use crate::play::{Ending, Play};
use crate::player::Verdict;
use crate::style::Style;

const SEED: u64 = 862;

const SPECS: &[(&str, &str)] = &[
    ("echo-tcp", include_str!("../../../../specs/echo-tcp.toml")),
    ("echo-udp", include_str!("../../../../specs/echo-udp.toml")),
    (
        "upper-tcp",
        include_str!("../../../../specs/upper-tcp.toml"),
    ),
    (
        "upper-udp",
        include_str!("../../../../specs/upper-udp.toml"),
    ),
    (
        "text-commands",
        include_str!("../../../../specs/text-commands.toml"),
    ),
    (
        "mystery-number",
        include_str!("../../../../specs/mystery-number.toml"),
    ),
    ("kv", include_str!("../../../../specs/kv.toml")),
    (
        "daytime-tcp",
        include_str!("../../../../specs/daytime-tcp.toml"),
    ),
    ("time-tcp", include_str!("../../../../specs/time-tcp.toml")),
    ("time-udp", include_str!("../../../../specs/time-udp.toml")),
];

fn pool(id: &str) -> Arc<Pool> {
    static POOLS: LazyLock<BTreeMap<&str, Arc<Pool>>> = LazyLock::new(|| {
        let load = |(id, text): &(&'static str, &str)| {
            let spec = sockspec_spec::load(&format!("{id}.toml"), text).0.unwrap();
            (*id, Arc::new(Pool::new(&Arc::new(spec)).unwrap()))
        };
        SPECS.iter().map(load).collect()
    });
    Arc::clone(&POOLS[id])
}

fn generator(pool: &Arc<Pool>) -> Generator {
    let style = Style::canonical(pool.spec.framing);
    Generator::new(Arc::clone(pool), Manner::of(&pool.spec, &style), SEED)
}

fn dialogue(pool: &Pool, case: &FuzzCase) -> Dialogue {
    match pool.case(case, SEED, 1).body {
        Body::Dialogue(dialogue) => dialogue,
        Body::Script(script) => panic!("{script}"),
    }
}

#[test]
fn every_spec_has_something_to_say() {
    for (id, _) in SPECS {
        let pool = pool(id);
        assert!(!pool.fresh.is_empty(), "{id}");
        let talks = !["mystery-number", "daytime-tcp", "time-tcp"].contains(id);
        assert_eq!(!pool.passages.is_empty(), talks, "{id}");
    }
}

#[test]
fn a_case_depends_on_its_number_alone() {
    let pool = pool("kv");
    let (one, other) = (generator(&pool), generator(&pool));
    let forwards: Vec<FuzzCase> = (0..50).map(|number| one.draw(number)).collect();
    let mut backwards: Vec<FuzzCase> = (0..50).rev().map(|number| other.draw(number)).collect();
    backwards.reverse();
    assert_eq!(forwards, backwards);
    let seeded = Generator::new(
        Arc::clone(&pool),
        Manner::of(&pool.spec, &Style::canonical(pool.spec.framing)),
        SEED + 1,
    );
    assert_ne!(forwards[0], seeded.draw(0));
}

#[test]
fn every_kind_of_case_is_drawn() {
    for (id, _) in SPECS {
        let pool = pool(id);
        let generator = generator(&pool);
        let cases: Vec<FuzzCase> = (0..300).map(|number| generator.draw(number)).collect();
        let some = |wanted: fn(&FuzzCase) -> bool| cases.iter().any(wanted);
        let streams = pool.spec.transport != sockspec_spec::model::Transport::Udp;
        let talks = !pool.passages.is_empty();
        assert!(
            some(|case| matches!(case.end, Some(End::Break { .. }))),
            "{id}"
        );
        assert_eq!(
            some(|case| case.end == Some(End::HalfClose)),
            streams && talks,
            "{id}"
        );
        assert_eq!(some(FuzzCase::is_cut), streams && talks, "{id}");
        assert_eq!(
            some(|case| case.pipelined),
            talks && *id != "time-udp",
            "{id}"
        );
        assert_eq!(some(|case| case.spoken.len() > 4), talks, "{id}");
    }
}

#[test]
fn what_is_played_is_what_is_written() {
    for (id, _) in SPECS {
        let pool = pool(id);
        let generator = generator(&pool);
        for number in 0..40 {
            let case = pool.case(&generator.draw(number), SEED, number);
            let spec = counterexample(&pool.spec, case.clone(), SEED, number, None);
            let text = sockspec_spec::write(&spec);
            let name = format!("{}.toml", spec.id);
            let (again, found) = sockspec_spec::load(&name, &text);
            let said = sockspec_spec::diagnostic::render(&found, &text, &name, false);
            assert_eq!(again.as_ref(), Some(&spec), "{said}\n{text}");
            assert!(found.is_empty(), "{said}");
        }
    }
}

/// The bytes of a dialogue's first client, and where they are cut.
fn stream(dialogue: &Dialogue) -> (Vec<u8>, BTreeSet<usize>) {
    let (mut bytes, mut cuts) = (Vec::new(), BTreeSet::new());
    for step in dialogue
        .steps()
        .filter(|step| step.actor == Actor::Client(1))
    {
        let (Act::Line(segments) | Act::Bytes(segments)) = &step.act else {
            continue;
        };
        for (at, segment) in segments.iter().enumerate() {
            if at > 0 {
                cuts.insert(bytes.len());
            }
            bytes.extend(passage::bytes(&segment.0));
        }
        bytes.extend(matches!(step.act, Act::Line(_)).then_some(b'\n'));
    }
    (bytes, cuts)
}

#[test]
fn cuts_and_joins_change_no_byte() {
    let pool = pool("text-commands");
    let generator = generator(&pool);
    let mut cut = 0;
    for number in 0..300 {
        let mut case = FuzzCase {
            end: None,
            ..generator.draw(number)
        };
        let (bytes, cuts) = stream(&dialogue(&pool, &case));
        cut += usize::from(!cuts.is_empty());
        case.pipelined = false;
        for one in &mut case.spoken {
            one.cuts.clear();
        }
        let (plain, none) = stream(&dialogue(&pool, &case));
        assert_eq!((bytes, none), (plain, BTreeSet::new()));
    }
    assert!(cut > 100, "{cut}");
}

#[test]
fn who_is_broken_off_leaves_a_fresh_client() {
    let pool = pool("kv");
    let case = FuzzCase {
        spoken: vec![Spoken::new(0, 0)],
        end: Some(End::Break {
            message: b"l\xC3".to_vec(),
            times: 1,
            how: How::FinReset,
        }),
        ..FuzzCase::default()
    };
    let text = dialogue(&pool, &case).to_string();
    let expected =
        "C1: fa\nS1~ {value:sill}\nC1> l\\xC3\nC1! fin\nC1! reset\nC2: fa\nS2~ {value:sill}\n";
    assert_eq!(text, expected);
}

#[test]
fn a_value_that_no_argument_can_hold_stays_in_a_row() {
    let pool = pool("upper-tcp");
    let invalid = (pool.passages.iter())
        .position(|one| one.corpus == Some(sockspec_spec::model::Corpus::Invalid))
        .unwrap();
    let mut spoken = Spoken::new(invalid, 0);
    spoken.text = Some(b"\xFF\xC3".to_vec());
    spoken.cuts = BTreeSet::from([2]);
    let twice = FuzzCase {
        spoken: vec![spoken.clone(), spoken],
        ..FuzzCase::default()
    };
    let case = pool.case(&twice, SEED, 1);
    let text = dialogue(&pool, &twice).to_string();
    let one = |at: usize| format!("C> x\\xFF | \\xC3y\\n\nS~ X{{upper:$text-{at}}}Y\\n\n");
    assert_eq!(text, [one(1), one(2)].concat());
    assert_eq!(case.rows[0]["text-2"], r"\xFF\xC3");
}

/// Shrinks with a predicate; also says how many candidates it took.
fn shrink(
    pool: &Arc<Pool>,
    failing: FuzzCase,
    fails: impl Fn(&FuzzCase) -> bool,
) -> (FuzzCase, u32) {
    let mut search = Shrinking::new(Arc::clone(pool), failing);
    let mut tries = 0;
    while let Some(candidate) = search.candidate() {
        tries += 1;
        let failed = fails(&candidate);
        search.told(failed);
        assert!(tries < 2000);
    }
    (search.least().clone(), tries)
}

/// A case of many things, at least one of which holds a random text.
fn large_case(pool: &Arc<Pool>) -> FuzzCase {
    let generator = generator(pool);
    (0..5000)
        .map(|number| generator.draw(number))
        .find(|case| {
            let text = case.spoken.iter().any(|one| one.text.is_some());
            case.spoken.len() > 5
                && case.pipelined
                && case.is_cut()
                && text
                && matches!(case.end, Some(End::Break { .. }))
        })
        .unwrap()
}

#[test]
fn what_always_fails_becomes_next_to_nothing() {
    let pool = pool("kv");
    let (least, tries) = shrink(&pool, large_case(&pool), |_| true);
    assert_eq!(least.spoken, []);
    assert!(matches!(least.end, Some(End::Break { ref message, .. }) if message.is_empty()));
    assert!(tries < 12, "{tries}");
}

#[test]
fn what_is_needed_is_all_that_stays() {
    let pool = pool("kv");
    let large = large_case(&pool);
    let texts = |case: &FuzzCase| case.spoken.iter().any(|one| one.text.is_some());
    let (least, _) = shrink(&pool, large.clone(), texts);
    assert_eq!(
        (least.spoken.len(), &least.end, least.pipelined),
        (1, &None, false)
    );
    let text = least.spoken[0].text.as_ref().unwrap();
    assert_eq!(String::from_utf8_lossy(text).chars().count(), 1, "{text:?}");
    let (least, _) = shrink(&pool, large, FuzzCase::is_cut);
    let cuts: usize = least.spoken.iter().map(|one| one.cuts.len()).sum();
    assert_eq!((least.spoken.len() <= 2, cuts), (true, 1));
}

#[test]
fn a_cut_keeps_its_place_when_the_text_shrinks() {
    let pool = pool("text-commands");
    let valid = (pool.passages.iter())
        .position(|one| one.corpus == Some(sockspec_spec::model::Corpus::Valid))
        .unwrap();
    // The cut is inside the second character of the text, `UPPER xaé…`.
    let mut spoken = Spoken::new(valid, 0);
    spoken.text = Some("aébcdef".into());
    spoken.cuts = BTreeSet::from(["UPPER xa".len() + 1]);
    let case = FuzzCase {
        spoken: vec![spoken],
        ..FuzzCase::default()
    };
    let splits = |case: &FuzzCase| {
        let (bytes, cuts) = stream(&dialogue(&pool, case));
        cuts.iter()
            .any(|cut| bytes[*cut] & 0b1100_0000 == 0b1000_0000)
    };
    assert!(splits(&case));
    let (least, _) = shrink(&pool, case, splits);
    assert_eq!(least.spoken[0].text.as_deref(), Some("é".as_bytes()));
}

/// Plays a case against a server of lines without sockets.
fn verdict(pool: &Arc<Pool>, case: &FuzzCase, target: &Target<'_>) -> Verdict {
    let style = Arc::new(Style::canonical(pool.spec.framing));
    let options = Options {
        strict: false,
        effort: plan::Effort::Normal,
        seed: SEED,
    };
    let planned = plan::base(&pool.spec, &pool.case(case, SEED, 1), &style, &options);
    let play = Play {
        ending: Ending::Leave,
        ..planned.plays[0].clone()
    };
    drive(&play, target).0.verdict
}

fn value(key: &str) -> String {
    match key.trim() {
        "fa" => "OK sill\n".to_owned(),
        "mi" => "OK lion\n".to_owned(),
        "li" => "OK nez\n".to_owned(),
        _ => "ERR unknown key\n".to_owned(),
    }
}

#[test]
fn a_right_server_passes_and_a_wrong_one_is_found() {
    let pool = pool("kv");
    let generator = generator(&pool);
    let right = Target {
        greeting: "",
        answer: &|kept, segment| by_line(kept, segment, &value),
    };
    let wrong = Target {
        greeting: "",
        answer: &|_, segment| value(&String::from_utf8_lossy(segment)).into_bytes(),
    };
    let mut first = None;
    for number in 0..400 {
        let case = generator.draw(number);
        // The server of this test hears no ends.
        if case.end.is_some() {
            continue;
        }
        let passed = verdict(&pool, &case, &right);
        let is_right = matches!(passed, Verdict::Pass | Verdict::NonStrict);
        assert!(is_right, "{case:?}: {passed:?}");
        if first.is_none() && matches!(verdict(&pool, &case, &wrong), Verdict::Fail(_)) {
            first = Some(case);
        }
    }
    let fails = |case: &FuzzCase| matches!(verdict(&pool, case, &wrong), Verdict::Fail(_));
    let (least, _) = shrink(&pool, first.unwrap(), fails);
    let text = dialogue(&pool, &least).to_string();
    assert!(text.lines().count() <= 3, "{text}");
}

proptest! {
    #[test]
    fn every_case_prints_and_parses(number in any::<u64>(), which in 0..SPECS.len()) {
        let pool = pool(SPECS[which].0);
        let case = generator(&pool).draw(number);
        let dialogue = dialogue(&pool, &case);
        let again: Result<Dialogue, _> = dialogue.to_string().parse();
        prop_assert_eq!(again.ok(), Some(dialogue.clone()));
        let silent = |act: &Act| matches!(act, Act::Event(Event::Wait(_)));
        prop_assert!(!dialogue.steps().any(|step| silent(&step.act)));
    }
}
