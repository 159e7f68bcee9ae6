//! What a student's program sent never acts on whoever reads the report.

use proptest::prelude::*;
use sockspec_report::{Detail, Format, Lang, Options, json, render, render_wire, to_wire};

use crate::fixture::hostile_with;

/// No control character but LF, no bidi control, no line separator, no pipeline command.
fn assert_harmless(out: &str) {
    let harmful = |c: char| {
        c.is_control() && c != '\n'
            || matches!(
                c,
                '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
                    | '\u{2066}'..='\u{2069}' | '\u{feff}'
            )
    };
    if let Some(found) = out.chars().find(|c| harmful(*c)) {
        panic!("{found:?} in {out}");
    }
}

fn assert_no_command(out: &str) {
    for line in out.lines() {
        assert!(!line.trim_start().starts_with("::"), "{line}");
        assert!(!line.contains("##["), "{line}");
    }
}

fn without_colour(out: &str) -> String {
    regex::Regex::new("\u{1b}\\[[0-9;]*m")
        .unwrap()
        .replace_all(out, "")
        .into_owned()
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        Just("\u{1b}[2J".to_owned()),
        Just("\n::error::x".to_owned()),
        Just(" ::notice title=a::b ".to_owned()),
        Just("##[add-path]x".to_owned()),
        Just("]]>".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\r".to_owned()),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_terminal_is_never_steered(
        text in pieces(), bytes: Vec<u8>, width in 0_usize..200, colour: bool, french: bool,
    ) {
        let options = Options {
            lang: if french { Lang::Fr } else { Lang::En },
            colour,
            width,
            detail: Detail::Verbose,
            ..Options::default()
        };
        let out = render(Format::Terminal, &hostile_with(&text, &bytes), &options);
        let out = without_colour(&String::from_utf8(out).unwrap());
        assert_harmless(&out);
        assert_no_command(&out);
    }

    #[test]
    fn a_forged_document_steers_nothing_either(text in pieces(), bytes: Vec<u8>) {
        let mut grade = to_wire(&hostile_with(&text, &bytes), Lang::En);
        grade.exercise.clone_from(&text);
        grade.role.clone_from(&text);
        for case in &mut grade.cases {
            case.law.clone_from(&text);
            case.visibility = "shown".into();
            if let Some(found) = &mut case.diagnosis {
                found.cause.clone_from(&text);
                found.message.clone_from(&text);
                found.actual.clone_from(&text);
                found.first_difference = Some(u64::MAX);
                found.from = 7;
            }
            for event in &mut case.transcript {
                event.actor.clone_from(&text);
                event.event.clone_from(&text);
                event.text = event.text.as_ref().map(|_| text.clone());
            }
        }
        let grade = json::read(&String::from_utf8(json::write(&grade)).unwrap()).unwrap();
        let out = render_wire(Format::Terminal, grade.clone(), &Options::default());
        assert_harmless(&String::from_utf8(out).unwrap());
        let xml = String::from_utf8(render_wire(Format::Junit, grade.clone(), &Options::default()));
        assert_harmless(&xml.unwrap());
        let page = String::from_utf8(render_wire(Format::Html, grade, &Options::default()));
        assert_harmless(&page.unwrap());
    }

    #[test]
    fn json_and_xml_hold_the_same_cases_whatever_was_sent(text in pieces(), bytes: Vec<u8>) {
        let grade = hostile_with(&text, &bytes);
        let xml = render(Format::Junit, &grade, &Options::default());
        let xml = String::from_utf8(xml).unwrap();
        assert_harmless(&xml);
        let read = quick_junit::Report::deserialize_from_str(&xml).unwrap();
        prop_assert_eq!(read.test_suites[0].test_cases.len(), grade.cases.len());
        prop_assert_eq!(read.test_suites[0].failures, 2);
        let json = render(Format::Json, &grade, &Options::default());
        let read = json::read(&String::from_utf8(json).unwrap()).unwrap();
        prop_assert_eq!(read, to_wire(&grade, Lang::En));
    }
}
