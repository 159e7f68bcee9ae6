//! The whole pure path: spec → plan → play → verdict → judge again, against targets that are functions.

mod datagrams;
mod streams;

use std::sync::Arc;

use proptest::prelude::*;
use rstest::rstest;
use sockspec_spec::Spec;

use crate::derive::{self, Ground};
use crate::fixture::{Target, by_line, drive, lines};
use crate::judge::judge;
use crate::learn::{Lesson, Probe};
use crate::plan::{self, Effort, Options, PlannedCase};
use crate::play::{Cut, Play};
use crate::player::{Outcome, Verdict};
use crate::style::{AnswerEnd, RequestEnd, Style};

const OPTIONS: Options = Options {
    strict: false,
    effort: Effort::Normal,
    seed: 1,
};

fn capitals() -> Arc<Spec> {
    Arc::new(lines(
        "C: un\nS: UN\nC: deux mots\nS: DEUX MOTS\nC: été\nS: ÉTÉ",
    ))
}

/// Learns the style of a target that answers each line with `prefix` + CAPITALS + `tail`.
fn learn(greeting: &str, answer: &dyn Fn(&str) -> String) -> Lesson {
    let probe = Probe::new(&capitals(), RequestEnd::Lf, &OPTIONS).unwrap();
    let respond = |kept: &mut Vec<u8>, segment: &[u8]| by_line(kept, segment, answer);
    let target = Target {
        greeting,
        answer: &respond,
    };
    let outcomes: Vec<_> = probe
        .case
        .plays
        .iter()
        .map(|play| drive(play, &target).0)
        .collect();
    probe.learn(&outcomes)
}

#[rstest]
#[case::canonical("", "", "\n")]
#[case::greeting("Bienvenue !\n", "", "\n")]
#[case::prompt("> ", "", "\n> ")]
#[case::prompt_of_lines("Une ligne :\n", "", "\nUne ligne :\n")]
#[case::frame("", "Réponse : ", "\n")]
#[case::quotes("", "«", "»\n")]
#[case::crlf("", "", "\r\n")]
#[case::nothing("", "", "")]
#[case::nul("", "", "\0")]
#[case::nul_after_newline("", "", "\n\0")]
#[case::two_lines("", "Réponse :\n", "\n")]
fn a_style_is_learnt_and_then_expected(
    #[case] greeting: &str,
    #[case] prefix: &str,
    #[case] tail: &str,
) {
    let answer = |line: &str| format!("{prefix}{}{tail}", line.to_uppercase());
    let lesson = learn(greeting, &answer);
    assert!(lesson.is_good(), "{lesson:?}");
    let respond = |kept: &mut Vec<u8>, segment: &[u8]| by_line(kept, segment, &answer);
    let target = Target {
        greeting,
        answer: &respond,
    };
    for play in plays(&lesson.style) {
        let (outcome, transcript) = drive(&play, &target);
        let fails = matches!(outcome.verdict, Verdict::Fail(_));
        assert!(!fails, "{} {outcome:?} {transcript:?}", play.label);
        let canonical = greeting.is_empty() && prefix.is_empty() && tail == "\n";
        assert_eq!(outcome.verdict == Verdict::Pass, canonical, "{outcome:?}");
    }
}

#[test]
fn a_style_never_excuses_a_wrong_answer() {
    let wrong = |line: &str| format!("{}\n", if line == "un" { "DEUX" } else { "UN" });
    let lesson = learn("", &wrong);
    assert!(!lesson.is_good() && lesson.right == 0, "{lesson:?}");
}

#[test]
fn one_wrong_answer_among_right_ones_does_not_hide_the_style() {
    let answer = |line: &str| match line {
        "un" => "EINS\r\n".to_owned(),
        _ => format!("{}\r\n", line.to_uppercase()),
    };
    let lesson = learn("", &answer);
    assert_eq!((lesson.right, lesson.of), (2, 3));
    assert_eq!(lesson.style.answer_end, AnswerEnd::CrLf);
}

/// What a target that answered the control taught, before a question is known that works.
fn ground<'a>(spec: &'a Spec, base: &'a PlannedCase, outcomes: &'a [Outcome]) -> Ground<'a> {
    Ground {
        spec,
        case: spec.control_case().unwrap(),
        base,
        outcomes,
        transcript: None,
        sentinel: &[],
        lifeline: &[],
        neighbour: &[],
        options: &OPTIONS,
    }
}

/// The base play and all its variants.
fn plays(style: &Style) -> Vec<Play> {
    let spec = capitals();
    let case = spec.control_case().unwrap();
    let base = plan::base(&spec, case, &Arc::new(style.clone()), &OPTIONS);
    let answer = |line: &str| {
        let tail = match style.answer_end {
            AnswerEnd::Lf => "\n",
            AnswerEnd::CrLf => "\r\n",
            AnswerEnd::Nul => "\0",
            AnswerEnd::Nothing => "",
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (before, behind, prompt) = (
            text(&style.prefix),
            text(&style.suffix),
            text(&style.prompt),
        );
        format!("{before}{}{behind}{tail}{prompt}", line.to_uppercase())
    };
    let respond = |kept: &mut Vec<u8>, segment: &[u8]| by_line(kept, segment, &answer);
    let greeting = String::from_utf8_lossy(&style.greeting.example).into_owned();
    let target = Target {
        greeting: &greeting,
        answer: &respond,
    };
    let outcomes: Vec<_> = base
        .plays
        .iter()
        .map(|play| drive(play, &target).0)
        .collect();
    let variants = derive::variants(&ground(&spec, &base, &outcomes));
    base.plays
        .into_iter()
        .chain(variants.into_iter().flat_map(|one| one.plays))
        .collect()
}

#[test]
fn every_family_of_cuts_is_derived() {
    let spec = capitals();
    let case = spec.control_case().unwrap();
    let base = plan::base(
        &spec,
        case,
        &Arc::new(Style::canonical(spec.framing)),
        &OPTIONS,
    );
    let outcomes = vec![Outcome::default()];
    let ids: Vec<String> = derive::variants(&ground(&spec, &base, &outcomes))
        .into_iter()
        .map(|one| format!("{} ({})", one.id, one.plays.len()))
        .collect();
    insta::assert_snapshot!(ids.join("\n"), @r"
    words@bytewise (1)
    words@every-cut (18)
    words@in-characters (3)
    words@random-cuts (8)
    words@one-segment (1)
    words@straddling (18)
    words@crlf (1)
    words@in-crlf (1)
    words@half-close (1)
    words@abrupt-ends (60)
    ");
}

/// A student's server that takes what each segment holds as one message.
fn one_recv(_: &mut Vec<u8>, segment: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(segment);
    format!("{}\n", text.trim_end().to_uppercase()).into_bytes()
}

#[test]
fn one_recv_one_message_passes_whole_and_fails_every_cut() {
    let target = Target {
        greeting: "",
        answer: &one_recv,
    };
    let style = Style::canonical(sockspec_spec::model::Framing::Lines);
    let mut failed = 0;
    for play in plays(&style) {
        let (outcome, _) = drive(&play, &target);
        let fails = matches!(outcome.verdict, Verdict::Fail(_));
        match play.label.as_str() {
            "cut *" => assert!(fails),
            "" => assert!(!fails || play.cut == Cut::Whole),
            // A cut between two lines is one that this server survives.
            _ => {}
        }
        failed += u32::from(fails);
    }
    assert!(failed > 20, "{failed}");
}

proptest! {
    #[test]
    fn a_transcript_judged_again_gives_the_same_verdict(
        cuts in prop::collection::btree_set(1usize..20, 0..8),
        careless in any::<bool>(),
        seen in 0usize..40,
    ) {
        let answer = |line: &str| format!("{}\n", line.to_uppercase());
        let careful = |kept: &mut Vec<u8>, segment: &[u8]| by_line(kept, segment, &answer);
        let target = match careless {
            true => Target { greeting: "", answer: &one_recv },
            false => Target { greeting: "", answer: &careful },
        };
        let style = Style::canonical(sockspec_spec::model::Framing::Lines);
        let mut play = plays(&style)[0].clone();
        play.cut = Cut::At(cuts.clone());
        let (outcome, mut transcript) = drive(&play, &target);
        prop_assert_eq!(&judge(&play, &transcript), &outcome);
        if !careless {
            prop_assert_eq!(outcome.verdict, Verdict::Pass);
        }
        // A transcript that breaks off anywhere is judged without a panic.
        transcript.events.truncate(seen);
        judge(&play, &transcript);
    }
}

/// A dialogue whose answers are a line and the bytes that it announces.
fn counted() -> Arc<Spec> {
    let dialogue = r"C: one
S: OK 4
S> a\\nb\\n
C: two
S: OK 3
S> \\xFFc ";
    Arc::new(lines(dialogue))
}

#[rstest]
#[case::canonical("OK ", "\n", "", AnswerEnd::Lf, "", true)]
#[case::crlf("OK ", "\r\n", "", AnswerEnd::CrLf, "", false)]
#[case::frame("[server] OK ", "\n", "", AnswerEnd::Lf, "", false)]
#[case::prompt("OK ", "\n", "\n> ", AnswerEnd::Lf, "\n> ", false)]
#[case::newline_behind("OK ", "\n", "\n", AnswerEnd::Lf, "\n", false)]
#[case::no_newline("OK ", "", "", AnswerEnd::Nothing, "", false)]
fn announced_bytes_are_taken_as_they_are(
    #[case] ok: &str,
    #[case] end: &str,
    #[case] behind: &str,
    #[case] answer_end: AnswerEnd,
    #[case] prompt: &str,
    #[case] canonical: bool,
) {
    let spec = counted();
    let respond = |kept: &mut Vec<u8>, segment: &[u8]| {
        kept.extend_from_slice(segment);
        let mut said = Vec::new();
        while let Some(at) = kept.iter().position(|byte| *byte == b'\n') {
            let body: &[u8] = match kept.drain(..=at).next() {
                Some(b'o') => b"a\nb\n",
                _ => b"\xFFc ",
            };
            said.extend(format!("{ok}{}{end}", body.len()).into_bytes());
            said.extend_from_slice(body);
            said.extend_from_slice(behind.as_bytes());
        }
        said
    };
    let target = Target {
        greeting: "",
        answer: &respond,
    };
    let probe = Probe::new(&spec, RequestEnd::Lf, &OPTIONS).unwrap();
    let outcomes: Vec<_> = (probe.case.plays.iter())
        .map(|play| drive(play, &target).0)
        .collect();
    let lesson = probe.learn(&outcomes);
    assert!(lesson.is_good(), "{lesson:?} {outcomes:?}");
    let style = &lesson.style;
    assert_eq!(style.answer_end, answer_end);
    assert_eq!(String::from_utf8_lossy(&style.prompt), prompt);
    assert_eq!(style.unannounced, behind == "\n");
    let case = spec.control_case().unwrap();
    let base = plan::base(&spec, case, &Arc::new(style.clone()), &OPTIONS);
    let (outcome, _) = drive(&base.plays[0], &target);
    let variants = derive::variants(&ground(&spec, &base, std::slice::from_ref(&outcome)));
    assert!(variants.len() > 3);
    for play in base
        .plays
        .iter()
        .chain(variants.iter().flat_map(|one| &one.plays))
    {
        let (outcome, transcript) = drive(play, &target);
        assert!(
            !matches!(outcome.verdict, Verdict::Fail(_)),
            "{} {outcome:?} {transcript:?}",
            play.label
        );
        assert_eq!(outcome.verdict == Verdict::Pass, canonical, "{outcome:?}");
    }
}

#[rstest]
#[case::cut(b"OK 4\na\nb".as_slice())]
#[case::spoiled(b"OK 4\na\nB\n".as_slice())]
#[case::shifted(b"OK 4\n\na\nb".as_slice())]
#[case::too_long(b"OK 4\na\nb\nc".as_slice())]
fn other_bytes_than_announced_are_wrong(#[case] said: &[u8]) {
    let spec = Arc::new(lines(
        r"C: one
S: OK 4
S> a\\nb\\n",
    ));
    let case = spec.control_case().unwrap();
    let style = Arc::new(Style::canonical(spec.framing));
    let base = plan::base(&spec, case, &style, &OPTIONS);
    let answer = |_: &mut Vec<u8>, _: &[u8]| said.to_vec();
    let target = Target {
        greeting: "",
        answer: &answer,
    };
    let (outcome, _) = drive(&base.plays[0], &target);
    assert!(matches!(outcome.verdict, Verdict::Fail(_)), "{outcome:?}");
}
