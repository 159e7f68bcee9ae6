//! The report for people.

use sockspec_report::{Detail, Format, Lang, Options, render};

use crate::fixture;

fn report(grade: &sockspec_case::grade::Grade, lang: Lang, detail: Detail) -> String {
    let options = Options {
        lang,
        detail,
        ..Options::default()
    };
    String::from_utf8(render(Format::Terminal, grade, &options)).unwrap()
}

#[test]
fn a_perfect_grade_in_both_languages() {
    insta::assert_snapshot!(
        "perfect-en",
        report(&fixture::perfect(), Lang::En, Detail::Normal)
    );
    insta::assert_snapshot!(
        "perfect-fr",
        report(&fixture::perfect(), Lang::Fr, Detail::Normal)
    );
}

#[test]
fn a_failing_grade_in_both_languages() {
    insta::assert_snapshot!(
        "failing-en",
        report(&fixture::failing(), Lang::En, Detail::Normal)
    );
    insta::assert_snapshot!(
        "failing-fr",
        report(&fixture::failing(), Lang::Fr, Detail::Normal)
    );
}

#[test]
fn what_a_network_did_in_both_languages() {
    insta::assert_snapshot!(
        "lossy-en",
        report(&fixture::lossy(), Lang::En, Detail::Normal)
    );
    insta::assert_snapshot!(
        "lossy-fr",
        report(&fixture::lossy(), Lang::Fr, Detail::Normal)
    );
}

#[test]
fn a_hostile_grade_in_both_languages() {
    insta::assert_snapshot!(
        "hostile-en",
        report(&fixture::hostile(), Lang::En, Detail::Normal)
    );
    insta::assert_snapshot!(
        "hostile-fr",
        report(&fixture::hostile(), Lang::Fr, Detail::Normal)
    );
}

#[test]
fn variants_that_passed_share_a_line_and_all_fits_a_screen() {
    let full = report(&fixture::with_variants(), Lang::En, Detail::Normal);
    assert!(full.lines().count() <= 35, "{full}");
    insta::assert_snapshot!("variants-en", full);
    let all = report(&fixture::with_variants(), Lang::En, Detail::Verbose);
    assert!(
        all.contains(
            "  one byte a segment (8 plays)
"
        ),
        "{all}"
    );
}

#[test]
fn variants_that_failed_are_named() {
    let failed = fixture::with_failed_variants();
    insta::assert_snapshot!(
        "variants-failed-en",
        report(&failed, Lang::En, Detail::Normal)
    );
    insta::assert_snapshot!(
        "variants-failed-fr",
        report(&failed, Lang::Fr, Detail::Normal)
    );
}

#[test]
fn the_score_alone() {
    insta::assert_snapshot!(report(&fixture::failing(), Lang::En, Detail::Quiet), @r"
    Score: 4 out of 20  (1 passed, 1 accepted, 6 failed, 2 blocked, 2 skipped, 1 undecided)
    1 case is not shown.
    ");
}

#[test]
fn all_transcripts() {
    let all = report(&fixture::failing(), Lang::En, Detail::Verbose);
    insta::assert_snapshot!("verbose-en", all);
}

#[test]
fn a_target_that_never_answered() {
    let mut grade = fixture::perfect();
    grade.style = None;
    for case in &mut grade.cases {
        case.status = sockspec_case::grade::Status::Fail;
        case.transcript = fixture::transcript(vec![sockspec_case::transcript::Kind::NotOpened(
            sockspec_case::transcript::ConnectError::Refused,
        )]);
        case.diagnosis = Some(fixture::diagnosis(
            sockspec_case::diagnosis::Cause::NotListening,
            sockspec_case::diagnosis::Finding::Refused,
            b"",
            b"",
        ));
    }
    insta::assert_snapshot!("silent-fr", report(&grade, Lang::Fr, Detail::Normal));
}

#[test]
fn a_narrow_terminal() {
    let options = Options {
        width: 40,
        ..Options::default()
    };
    let narrow = String::from_utf8(render(Format::Terminal, &fixture::failing(), &options));
    insta::assert_snapshot!("narrow-en", narrow.unwrap());
}

#[test]
fn the_differing_byte_is_marked_in_long_answers_too() {
    let mut expected = "é".repeat(3_000).into_bytes();
    expected.push(b'\n');
    let mut actual = expected.clone();
    actual[4_001] = b'?';
    let mut grade = fixture::perfect();
    grade.cases.truncate(1);
    grade.cases[0].status = sockspec_case::grade::Status::Fail;
    grade.cases[0].diagnosis = Some(fixture::diagnosis(
        sockspec_case::diagnosis::Cause::WrongAnswer,
        sockspec_case::diagnosis::Finding::Mismatch,
        &expected,
        &actual,
    ));
    insta::assert_snapshot!("long-en", report(&grade, Lang::En, Detail::Normal));
}

#[test]
fn colour_only_adds_sequences() {
    let options = Options {
        colour: true,
        ..Options::default()
    };
    let coloured = String::from_utf8(render(Format::Terminal, &fixture::failing(), &options));
    let coloured = coloured.unwrap();
    let plain = regex::Regex::new("\u{1b}\\[[0-9;]*m")
        .unwrap()
        .replace_all(&coloured, "");
    assert_ne!(coloured, plain);
    let bare = report(&fixture::failing(), Lang::En, Detail::Normal);
    let trimmed = |text: &str| {
        text.lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(trimmed(&plain), trimmed(&bare));
}
