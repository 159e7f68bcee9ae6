//! Dialogues on a program's own streams, against programs that are lists of what they print.

use std::sync::Arc;
use std::time::Duration;

use rstest::rstest;

use super::OPTIONS;
use crate::diagnosis::Finding;
use crate::fixture::on_streams;
use crate::judge::{self, judge};
use crate::plan;
use crate::player::{Action, Outcome, Player, STREAMS, Verdict};
use crate::program::{Exit, ProgramFinding, Stream};
use crate::style::{Screen, Style};
use crate::transcript::{Event, Kind, Silence, Transcript};

/// What happens, whatever is done.
fn prints(texts: &[&str]) -> Vec<Kind> {
    let printed = |text: &&str| Kind::Printed {
        stream: Stream::Out,
        bytes: text.as_bytes().to_vec(),
        left_out: 0,
    };
    texts.iter().map(printed).collect()
}

/// Plays a dialogue with a program that prints this, each item when it is next waited for, and then ends, or waits.
fn play(dialogue: &str, prefix: Option<&str>, strict: bool, mut said: Vec<Kind>) -> Outcome {
    let spec = Arc::new(on_streams(dialogue));
    let style = Arc::new(Style {
        screen: Some(Screen {
            terminal: false,
            prefix: prefix.map(|prefix| prefix.as_bytes().to_vec()),
            asks: false,
        }),
        ..Style::canonical(spec.framing)
    });
    let options = plan::Options { strict, ..OPTIONS };
    let case = plan::base(&spec, spec.control_case().unwrap(), &style, &options);
    let play = &case.plays[0];
    said.reverse();
    let mut transcript = Transcript::default();
    let mut player = Player::new(play, 0);
    loop {
        let kind = match player.next_action() {
            Action::Done => break,
            Action::Await(STREAMS, _) => said.pop().unwrap_or(Kind::Quiet(Silence::Blocked)),
            Action::Type(bytes) => Kind::Typed(bytes),
            Action::EndInput => Kind::TypedEnd,
            other => panic!("{other:?}"),
        };
        if let Some(input) = judge::input(&kind) {
            player.feed(STREAMS, input, Duration::ZERO);
        }
        transcript.events.push(Event {
            at: Duration::ZERO,
            connection: STREAMS,
            kind,
        });
    }
    let outcome = player.into_outcome();
    assert_eq!(judge(play, &transcript), outcome);
    outcome
}

const LINES: &str = "in: un\nout: bonjour\nin: deux\nout: le monde";

#[rstest]
#[case::plainly(None, &["bonjour\n", "le monde\n"], true)]
#[case::at_once(None, &["bonjour\nle monde\n"], true)]
#[case::in_pieces(None, &["bon", "jour\nle mo", "nde\n"], true)]
#[case::blank_lines(None, &["bonjour\n\nle monde\n\n"], true)]
#[case::a_log_between(None, &["start\nbonjour\nclient 1\nle monde\n"], false)]
#[case::a_prefix(None, &["Recu : bonjour\nRecu : le monde\n"], false)]
#[case::a_number_in_it(Some("client 12> "), &["client 3> bonjour\nclient 3> le monde\n"], false)]
#[case::carriage_returns(None, &["bonjour\r\nle monde\r\n"], false)]
fn lines_that_show_are_taken(
    #[case] prefix: Option<&str>,
    #[case] texts: &[&str],
    #[case] canonical: bool,
) {
    let expected = match canonical {
        true => Verdict::Pass,
        false => Verdict::NonStrict,
    };
    assert_eq!(play(LINES, prefix, false, prints(texts)).verdict, expected);
    let strictly = play(LINES, prefix, true, prints(texts)).verdict;
    assert_eq!(strictly == Verdict::Pass, canonical, "{strictly:?}");
}

#[rstest]
#[case::nothing(None, &[])]
#[case::the_other_order(None, &["le monde\nbonjour\n"])]
#[case::in_one_line(None, &["bonjourle monde\n"])]
#[case::cut(None, &["bon\njour\nle monde\n"])]
#[case::another_prefix(Some("Recu : "), &["bonjour\nRecu : le monde\n"])]
#[case::a_prefix_that_grows(None, &["bonjour\nbonjourle monde\n"])]
#[case::something_behind(None, &["bonjour!\nle monde!\n"])]
fn lines_that_do_not_show_are_missed(#[case] prefix: Option<&str>, #[case] texts: &[&str]) {
    let outcome = play(LINES, prefix, false, prints(texts));
    assert!(
        matches!(&outcome.verdict, Verdict::Fail(failure)
            if matches!(failure.finding, Finding::Program(ProgramFinding::NotShown(_)))),
        "{:?}",
        outcome.verdict
    );
}

#[test]
fn a_line_without_its_end_is_told_apart() {
    let outcome = play(LINES, None, false, prints(&["bonjour\nle monde"]));
    let Verdict::Fail(failure) = outcome.verdict else {
        panic!("{outcome:?}");
    };
    assert_eq!(failure.finding, Finding::NoNewline);
}

#[rstest]
#[case::well("out! fin", Exit::Code(0), true)]
#[case::badly("out! fin", Exit::Code(3), false)]
#[case::killed("out! fin", Exit::Signal(11), false)]
#[case::somehow("out! close", Exit::Code(3), true)]
fn an_end_is_judged_by_its_exit_code(#[case] end: &str, #[case] exit: Exit, #[case] right: bool) {
    let mut said = prints(&["au revoir\n"]);
    said.push(Kind::Ended(exit));
    let dialogue = format!("in! close\nout: au revoir\n{end}");
    let outcome = play(&dialogue, None, false, said);
    assert_eq!(outcome.verdict == Verdict::Pass, right, "{outcome:?}");
}

#[test]
fn a_program_that_goes_on_has_not_ended() {
    let outcome = play("in! close\nout! fin", None, false, Vec::new());
    let Verdict::Fail(failure) = outcome.verdict else {
        panic!("{outcome:?}");
    };
    assert!(matches!(
        failure.finding,
        Finding::Program(ProgramFinding::NotEnded(_))
    ));
}

#[rstest]
#[case::the_first("Choix invalide\n", true)]
#[case::the_second("1. Jouer\n9. Quitter\n", true)]
#[case::neither("Bonjour\n", false)]
fn a_branch_is_chosen_by_what_shows_first(#[case] text: &str, #[case] right: bool) {
    let dialogue = "in: x\neither\nout~ /.*invalide.*/\nor\nout~ /.*Quitter.*/\nend";
    let outcome = play(dialogue, None, false, prints(&[text]));
    let passed = !matches!(outcome.verdict, Verdict::Fail(_));
    assert_eq!(passed, right, "{outcome:?}");
}

#[test]
fn silence_is_broken_by_a_word() {
    let dialogue = "in: x\nout! silence";
    assert_eq!(
        play(dialogue, None, false, Vec::new()).verdict,
        Verdict::Pass
    );
    let outcome = play(dialogue, None, false, prints(&["un mot\n"]));
    assert!(
        matches!(outcome.verdict, Verdict::Fail(_)),
        "{:?}",
        outcome.verdict
    );
}
