use std::sync::Arc;
use std::time::Duration;

use rstest::rstest;
use sockspec_spec::Spec;
use sockspec_spec::model::Body;

use super::finding::ClientFinding;
use super::judge::{Verdict, judge};
use super::manner::Manner;
use super::plan::{Act, ClientPlay, Delivery, Leaving, Times};
use super::talk::Talk;
use crate::diagnosis::Finding;
use crate::fixture;
use crate::pattern::Row;
use crate::program::{Exit, Stream};
use crate::transcript::{Barrier, Event, Kind, Transcript};

/// The dialogue of the only case.
pub(super) fn talk(spec: &Spec) -> Talk {
    let Body::Dialogue(dialogue) = &spec.cases[0].body else {
        panic!("no dialogue")
    };
    Talk::of(spec, dialogue, &Row::new()).unwrap()
}

fn play(dialogue: &str, act: Act) -> ClientPlay {
    ClientPlay {
        label: String::new(),
        talk: Arc::new(talk(&fixture::clients(dialogue))),
        act,
        datagrams: false,
        strict: false,
        times: Times::default(),
    }
}

/// `> typed`, `= received`, `< sent`, `. printed`, `! message on stderr`, `fin`, `exit N`, `signal N`.
fn transcript(words: &[&str]) -> Transcript {
    let kind = |word: &&str| match word.split_once(' ').unwrap_or((word, "")) {
        (">", text) => Kind::Typed(text.into()),
        ("=", text) => Kind::Received(text.into()),
        ("<", text) => Kind::Sent {
            bytes: text.into(),
            barrier: Barrier::None,
        },
        (".", text) => printed(Stream::Out, text),
        ("!", text) => printed(Stream::Err, text),
        ("fin", _) => Kind::SentFin,
        ("exit", code) => Kind::Ended(Exit::Code(code.parse().unwrap())),
        ("signal", number) => Kind::Ended(Exit::Signal(number.parse().unwrap())),
        other => panic!("{other:?}"),
    };
    let event = |kind| Event {
        at: Duration::ZERO,
        connection: 1,
        kind,
    };
    Transcript {
        started_us: 0,
        events: words.iter().map(kind).map(event).collect(),
    }
}

fn printed(stream: Stream, text: &str) -> Kind {
    Kind::Printed {
        stream,
        bytes: text.into(),
        left_out: 0,
    }
}

/// `pass`, `non-strict`, or the code of what was found.
fn verdict(play: &ClientPlay, manner: &Manner, words: &[&str]) -> String {
    match judge(play, manner, &transcript(words)) {
        Verdict::Pass => "pass".to_owned(),
        Verdict::NonStrict => "non-strict".to_owned(),
        Verdict::Fail(failure) => match failure.finding {
            Finding::Client(found) => found.code().to_owned(),
            other => panic!("{other:?}"),
        },
    }
}

const TWO: &str = "C: a\nS: A\nC: b\nS: B";

#[rstest]
#[case::framed(&["> a", "= a\n", "< A\n", ". got: A!", "> b", "= b", "< B\n", ". B\n", "exit 0"], "pass")]
#[case::shown_before_it_was_sent(&["> a", ". A", "= a\n", "< A\n", "> b", "= b", "< B\n", ". B"], "client-not-shown")]
#[case::one_late(&["> a", "= a", "< A\n", ". A", "> b", "= b", "< B\n", ". A", "exit 0"], "client-shown-late")]
#[case::not_sent(&["> a", "= x\n"], "client-not-sent")]
#[case::ended(&["> a", "= a", "< A\n", ". A", "> b", "exit 1"], "client-ended-early")]
#[case::crashed(&["> a", "signal 11"], "client-crashed")]
#[case::silent(&["> a"], "client-nothing-sent")]
fn a_dialogue_is_right_when_all_arrives_and_shows(#[case] words: &[&str], #[case] found: &str) {
    let play = play(TWO, Act::Serve(Delivery::Whole));
    assert_eq!(verdict(&play, &Manner::default(), words), found);
}

#[rstest]
#[case::shown(&["= ab\n", "< A\n", ". A", "fin", "exit 0"], "pass")]
#[case::in_pieces(&["= a", "= b\n", "< A\n", ". A", "fin", "exit 0"], "pass")]
#[case::woken_by_a_key(&["> ", "= ab\n", "< A\n", ". A", "fin", "exit 0"], "pass")]
#[case::not_shown(&["= ab\n", "< A\n", "fin", "exit 0"], "client-not-shown")]
#[case::not_whole(&["= a"], "client-no-whole-request")]
#[case::not_whole_and_gone(&["= a", "exit 1"], "client-no-whole-request")]
#[case::another(&["= x\n"], "client-no-whole-request")]
#[case::silent(&["> "], "client-no-whole-request")]
#[case::gone(&["exit 0"], "client-ended-early")]
#[case::crashed(&["= a", "signal 11"], "client-crashed")]
#[case::stays(&["= ab\n", "< A\n", ". A", "fin"], "client-still-runs")]
fn a_client_may_ask_by_itself(#[case] words: &[&str], #[case] found: &str) {
    let play = play("C~ /ab\\\\n/\nS: A\nS! close", Act::Serve(Delivery::Whole));
    assert_eq!(verdict(&play, &Manner::default(), words), found);
}

#[test]
fn what_it_asks_by_itself_must_come_though_nothing_answers_it() {
    let play = play("C~ /ab\\\\n/\nS! close", Act::Serve(Delivery::Whole));
    let found = |words: &[&str]| verdict(&play, &Manner::default(), words);
    assert_eq!(found(&["= ab\n", "fin", "exit 0"]), "pass");
    assert_eq!(found(&["= a"]), "client-no-whole-request");
}

#[rstest]
#[case::in_order(". A\nB\n", "pass")]
#[case::the_first_twice(". A\nA\n", "client-shown-late")]
fn a_buffer_shows_at_the_end(#[case] output: &str, #[case] found: &str) {
    let words = [
        "> a", "= a", "< A\n", "> b", "= b", "< B\n", output, "exit 0",
    ];
    let play = play(TWO, Act::Serve(Delivery::Whole));
    assert_ne!(verdict(&play, &Manner::default(), &words), "pass");
    let buffered = Manner {
        shows_at_end: true,
        ..Manner::default()
    };
    assert_eq!(verdict(&play, &buffered, &words), found);
}

#[rstest]
#[case::said(&["! gone", "exit 1"], "pass")]
#[case::trace(&["! Traceback (most recent call last):", "exit 1"], "non-strict")]
#[case::silent(&["exit 1"], "client-ends-silently")]
#[case::killed_by_a_broken_pipe(&["signal 13"], "client-ends-silently")]
#[case::as_if_well(&[". gone", "exit 0"], "client-ends-as-if-well")]
#[case::stays(&[". gone"], "client-stays")]
fn a_server_that_leaves_is_told(#[case] end: &[&str], #[case] found: &str) {
    let play = play(TWO, Act::Leave(Leaving::Fin));
    let mut words = vec!["> a", "= a", "< A\n", ". A", "> b", "= b", "fin"];
    words.extend(end);
    assert_eq!(verdict(&play, &Manner::default(), &words), found);
}

#[test]
fn each_code_is_its_own() {
    let codes = [
        ClientFinding::NotShown.code(),
        ClientFinding::ShownLate.code(),
        ClientFinding::EndsAsIfWell.code(),
        ClientFinding::TakesAnySender.code(),
        ClientFinding::NoUsageCode.code(),
        ClientFinding::NotAsReference.code(),
    ];
    let mut once = codes.to_vec();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), codes.len());
}
