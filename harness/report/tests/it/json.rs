//! The document `sockspec.grade/1`.

use sockspec_report::{Format, Lang, Options, json, render, render_wire, to_wire};

use crate::fixture;

fn document(grade: &sockspec_case::grade::Grade, lang: Lang) -> String {
    let options = Options {
        lang,
        ..Options::default()
    };
    String::from_utf8(render(Format::Json, grade, &options)).unwrap()
}

/// Compares, whatever this crate's version is.
fn assert_snapshot(name: &str, document: String) {
    let version = (r#""version": "[0-9.]+""#, r#""version": "[version]""#);
    insta::with_settings!({ filters => [version] }, {
        insta::assert_snapshot!(name, document);
    });
}

#[test]
fn a_perfect_grade() {
    assert_snapshot("perfect-en", document(&fixture::perfect(), Lang::En));
    assert_snapshot("perfect-fr", document(&fixture::perfect(), Lang::Fr));
}

#[test]
fn a_failing_grade() {
    assert_snapshot("failing-en", document(&fixture::failing(), Lang::En));
    assert_snapshot("failing-fr", document(&fixture::failing(), Lang::Fr));
}

#[test]
fn what_a_network_did() {
    let wire = to_wire(&fixture::lossy(), Lang::En);
    let rates: Vec<(u32, u32)> = wire
        .loss
        .iter()
        .map(|one| (one.loss_percent, one.survived))
        .collect();
    assert_eq!(rates, [(10, 96), (50, 12)]);
    let events: Vec<(&str, &str)> = wire.cases[1]
        .transcript
        .iter()
        .map(|event| (event.actor.as_str(), event.event.as_str()))
        .collect();
    assert_eq!(
        events[1..8],
        [
            ("C", "lose"),
            ("C", "send"),
            ("S", "lose"),
            ("C", "hold"),
            ("C", "send"),
            ("C", "double"),
            ("S", "elsewhere"),
        ]
    );
    assert_eq!(
        wire.cases[1].transcript[7].from.as_deref(),
        Some("127.0.0.1:9")
    );
}

#[test]
fn a_hostile_grade() {
    assert_snapshot("hostile-en", document(&fixture::hostile(), Lang::En));
    assert_snapshot("hostile-fr", document(&fixture::hostile(), Lang::Fr));
}

#[test]
fn a_saved_grade_renders_as_the_fresh_one() {
    for grade in [fixture::perfect(), fixture::failing(), fixture::hostile()] {
        for lang in Lang::ALL {
            let options = Options {
                lang,
                teacher: true,
                ..Options::default()
            };
            let saved = String::from_utf8(render(Format::Json, &grade, &options)).unwrap();
            let read = json::read(&saved).unwrap();
            assert_eq!(read, to_wire(&grade, lang));
            for format in Format::ALL {
                let again = render_wire(*format, read.clone(), &options);
                assert_eq!(
                    again,
                    render(*format, &grade, &options),
                    "{}",
                    format.as_str()
                );
            }
        }
    }
}

#[test]
fn hidden_cases_are_counted_and_nothing_else_is_said_of_them() {
    // Gradescope hides them itself, see `export`.
    for format in Format::ALL
        .iter()
        .filter(|format| **format != Format::Gradescope)
    {
        let shown = render(*format, &fixture::failing(), &Options::default());
        let shown = String::from_utf8(shown).unwrap();
        assert!(!shown.contains("secret"), "{}: {shown}", format.as_str());
        assert!(!shown.contains("Secret"), "{}: {shown}", format.as_str());
    }
    let redacted = json::read(&document(&fixture::failing(), Lang::En)).unwrap();
    assert_eq!(redacted.hidden, 1);
    assert_eq!(redacted.summary.total() as usize, redacted.cases.len() + 1);
    assert_eq!(redacted.score.max, fixture::failing().max());
}

#[test]
fn what_is_no_grade_is_told() {
    insta::assert_snapshot!(json::read("{}").unwrap_err(), @"not a grade of sockspec");
    insta::assert_snapshot!(
        json::read(r#"{"schema":"sockspec.grade/2"}"#).unwrap_err(),
        @"the document says `sockspec.grade/2`, and `sockspec.grade/1` is what can be read"
    );
}

#[test]
fn fields_of_a_newer_version_are_ignored() {
    let newer = document(&fixture::perfect(), Lang::En).replacen('{', "{\"new\": {\"a\": 1},", 1);
    assert_eq!(
        json::read(&newer).unwrap(),
        to_wire(&fixture::perfect(), Lang::En)
    );
}
