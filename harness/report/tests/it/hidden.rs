//! Cases that students must not see: no format says more of them than how many there are.

use rstest::rstest;
use sockspec_case::diagnosis::{Cause, Diagnosis, Finding};
use sockspec_case::grade::{CaseResult, Grade, Note, Status};
use sockspec_case::program::{Death, Exit};
use sockspec_report::{Detail, Format, Lang, Options, json, render, render_wire};
use sockspec_spec::model::{Law, Text, Visibility};

use crate::export::decoded;
use crate::fixture::{case, diagnosis, dialogue, failing, text};

/// What stands in every text of the secret case, and nowhere else.
const MARK: &str = "okapi";

/// Also of what is counted as bytes, in hexadecimal.
const MARK_IN_HEX: &str = "6f6b617069";

fn secret(id: &str, visibility: Visibility) -> CaseResult {
    let both = text(MARK, MARK);
    let bytes = format!("{MARK}\u{fe}").into_bytes();
    let found = diagnosis(
        Cause::UnboundedLine,
        Finding::Script {
            message: both.clone(),
        },
        &[b"not ", &bytes[..]].concat(),
        &bytes,
    );
    let words = [&bytes[..], b"\xff"].concat();
    CaseResult {
        visibility,
        status: Status::Fail,
        hint: both.clone(),
        clause: MARK.into(),
        max: 7,
        diagnosis: Some(Diagnosis {
            pattern: Some(MARK.into()),
            reproduce: MARK.into(),
            play: MARK.into(),
            death: Some(Death {
                exit: Some(Exit::Code(1)),
                words,
            }),
            ..found
        }),
        transcript: dialogue(&[(&bytes, &bytes)]),
        ..case(id, 4, Law::Encoding, both)
    }
}

/// A grade whose hidden cases bear the mark, and whose other parts speak of them.
fn grade() -> Grade {
    let mut grade = failing();
    grade
        .cases
        .retain(|case| case.visibility == Visibility::Shown);
    let waits = |id: &str, case: &str| CaseResult {
        status: Status::Blocked,
        diagnosis: Some(diagnosis(
            Cause::NotJudged,
            Finding::DependsOn { case: case.into() },
            b"",
            b"",
        )),
        ..self::case(id, 5, Law::Program, Text::default())
    };
    let (hidden, variant, later) = ("okapi-1", "okapi-1@cuts", "okapi-2");
    grade.cases.insert(0, secret(hidden, Visibility::Hidden));
    grade.cases.push(secret(variant, Visibility::Hidden));
    grade.cases.push(secret(later, Visibility::AfterDue));
    let waiting = [
        ("waits-1", hidden),
        ("waits-2", variant),
        ("waits-3", later),
    ];
    grade
        .cases
        .extend(waiting.map(|(id, case)| waits(id, case)));
    grade.notes = [hidden, variant, later]
        .map(|case| Note::DiedAfter(case.into()))
        .into();
    grade
}

fn written(format: Format, options: &Options) -> String {
    let written = String::from_utf8(render(format, &grade(), options)).unwrap();
    readable(format, written)
}

/// The text with what is encoded in it decoded, and without what the platform itself hides.
fn readable(format: Format, written: String) -> String {
    match format {
        Format::GithubClassroom => {
            let encoded = written.trim_end().strip_prefix("result=").unwrap();
            String::from_utf8(decoded(encoded)).unwrap()
        }
        Format::Gradescope => {
            let mut document: serde_json::Value = serde_json::from_str(&written).unwrap();
            let tests = document["tests"].as_array_mut().unwrap();
            tests.retain(|test| test["visibility"] == "visible");
            document.to_string()
        }
        _ => written,
    }
}

fn options(lang: Lang) -> Options {
    Options {
        lang,
        detail: Detail::Verbose,
        ..Options::default()
    }
}

#[rstest]
fn no_format_says_a_word_of_a_hidden_case(#[values(Lang::Fr, Lang::En)] lang: Lang) {
    for format in Format::ALL {
        let written = written(*format, &options(lang)).to_lowercase();
        for mark in [MARK, MARK_IN_HEX] {
            assert!(!written.contains(mark), "{}: {written}", format.as_str());
        }
        let is_named = written.contains("unbounded-line") || written.contains("unboundedline");
        assert!(!is_named, "{} names the cause", format.as_str());
    }
}

#[rstest]
#[case(Lang::Fr, "3 cas ne sont pas montrés")]
#[case(Lang::En, "3 cases are not shown")]
fn every_format_says_how_many_are_hidden(#[case] lang: Lang, #[case] said: &str) {
    for format in Format::ALL {
        let written = written(*format, &options(lang));
        let number = matches!(format, Format::Json | Format::Ndjson);
        let said = if number { "\"hidden\":3" } else { said };
        let written = match number {
            true => written.replace("\": ", "\":"),
            false => written,
        };
        assert!(written.contains(said), "{}: {written}", format.as_str());
    }
}

#[test]
fn a_saved_grade_of_a_student_has_nothing_more_to_tell() {
    let saved = render(Format::Json, &grade(), &options(Lang::En));
    let saved = json::read(str::from_utf8(&saved).unwrap()).unwrap();
    for teacher in [false, true] {
        let options = Options {
            teacher,
            past_due: true,
            ..options(Lang::En)
        };
        for format in Format::ALL {
            let written = render_wire(*format, saved.clone(), &options);
            let written = readable(*format, String::from_utf8(written).unwrap());
            assert!(!written.contains(MARK), "{}", format.as_str());
            let number = if matches!(format, Format::Json | Format::Ndjson) {
                "3"
            } else {
                "3 cases are not shown"
            };
            assert!(written.contains(number), "{}", format.as_str());
        }
    }
}

#[test]
fn after_the_deadline_only_what_stays_hidden_is() {
    let options = Options {
        past_due: true,
        ..options(Lang::En)
    };
    let page = written(Format::Html, &options);
    assert!(
        page.contains("okapi-2") && !page.contains("okapi-1"),
        "{page}"
    );
    assert!(page.contains("2 cases are not shown"), "{page}");
}

#[test]
fn a_teacher_sees_everything() {
    let options = Options {
        teacher: true,
        ..options(Lang::En)
    };
    for format in Format::ALL {
        let written = written(*format, &options);
        // Moodle gets the score only, and Gradescope hides hidden cases itself.
        let sees = !matches!(format, Format::MoodleCsv | Format::Gradescope);
        assert_eq!(
            written.contains(MARK),
            sees,
            "{}: {written}",
            format.as_str()
        );
        let hides = written.contains("not shown");
        assert_eq!(hides, *format == Format::Gradescope, "{}", format.as_str());
    }
}
