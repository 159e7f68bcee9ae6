//! Laws: parsing undoes printing, whatever bytes a dialogue holds, and no text makes it panic.

use proptest::prelude::*;
use sockspec_spec::dialogue::{self, Dialogue};
use sockspec_spec::model::Body;
use sockspec_spec::{Spec, diagnostic, load, load_with, write};

use crate::arbitrary;
use crate::load_specs::{KV, SPECS, data_file};

/// Writes the spec and loads it again.
fn written_and_loaded(spec: &Spec) -> Spec {
    let text = write(spec);
    let name = format!("{}.toml", spec.id);
    let (again, found) = load_with(&name, &text, &data_file);
    let said = || diagnostic::render(&found, &text, &name, false);
    again.unwrap_or_else(|| panic!("{}", said()))
}

#[test]
fn every_spec_of_the_repository_survives_writing() {
    for entry in std::fs::read_dir(SPECS).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            let source = std::fs::read_to_string(&path).unwrap();
            let name = path.display().to_string();
            let spec = load_with(&name, &source, &data_file).0.unwrap();
            assert_eq!(written_and_loaded(&spec), spec, "{}", path.display());
        }
    }
}

proptest! {
    #[test]
    fn any_words_of_a_spec_survive_writing(
        title in any::<String>(),
        hint in "['\"\\\\\\t\n\u{85}é{}]{0,12}",
        comment in any::<String>(),
    ) {
        let mut spec = load("kv.toml", KV).0.unwrap();
        for text in [&title, &hint] {
            let case = &mut spec.cases[0];
            // `{column}` names a row, and what is blank or has line ends is reported.
            let text: String = text.replace(['{', '}', '\r'], " ");
            prop_assume!(!text.trim().is_empty());
            case.title.fr = text.clone();
            case.hint.en = text;
            case.hint.fr = "x".to_owned();
        }
        if let Body::Dialogue(dialogue) = &mut spec.cases[0].body {
            let said = dialogue::Segment(vec![dialogue::Part::Literal(
                comment.bytes().chain(*b"'''").collect(),
            )]);
            if let Some(step) = dialogue.steps_mut().next() {
                step.act = dialogue::Act::Line(vec![said]);
            }
        }
        prop_assert_eq!(written_and_loaded(&spec), spec);
    }

    #[test]
    fn parsing_undoes_printing(dialogue in arbitrary::dialogue()) {
        let text = dialogue::print(&dialogue);
        let again = dialogue::parse(&text);
        prop_assert_eq!(again.as_ref().ok(), Some(&dialogue), "text: {:?}, {:?}", text, again);
        prop_assert_eq!(dialogue::print(&dialogue), text);
    }

    #[test]
    fn a_printed_dialogue_never_steers_a_terminal(dialogue in arbitrary::dialogue()) {
        let text = dialogue::print(&dialogue);
        for line in text.split('\n') {
            prop_assert!(!line.chars().any(|c| c.is_control() && c != '\t'), "{line:?}");
            prop_assert!(!line.contains(['\u{202E}', '\u{2028}', '\u{FEFF}']), "{line:?}");
        }
    }

    #[test]
    fn bytes_survive_printing(bytes in arbitrary::bytes()) {
        let text = dialogue::print_bytes(&bytes);
        prop_assert_eq!(dialogue::parse_bytes(&text).ok(), Some(bytes));
        prop_assert!(!text.starts_with(' ') && !text.ends_with(' '));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        let _ = dialogue::parse(&text);
    }

    #[test]
    fn what_parses_prints_to_a_fixed_point(text in near_dialogue()) {
        if let Ok(dialogue) = dialogue::parse(&text) {
            let printed = dialogue::print(&dialogue);
            let again: Dialogue = printed.parse().map_err(|found| {
                TestCaseError::fail(format!("{printed:?}: {found:?}"))
            })?;
            prop_assert_eq!(&again, &dialogue);
            prop_assert_eq!(dialogue::print(&again), printed);
        }
    }

    #[test]
    fn every_span_is_inside_the_text(text in near_dialogue()) {
        let found = dialogue::parse(&text).err().unwrap_or_default();
        for diagnostic in &found {
            let span = diagnostic.label.span;
            prop_assert!(text.get(span.start..span.end).is_some(), "{text:?}: {diagnostic:?}");
        }
        diagnostic::render(&found, &text, "x.toml", false);
    }
}

/// Text that looks like a dialogue often enough to reach every corner of the parser.
fn near_dialogue() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[ ]{0,2}[CS][0-9]{0,3}[:>~!]? ?[a|{}/\\\\xn0: é]{0,12}",
        "(in|out|err|C|S)! ?(open|fin|wait [0-9]{1,6}ms|wait|silence|clos)[ ]{0,2}",
        "(either|or|end|any order|anyorder|Either)",
        "# ?[a-z ]{0,8}",
        "[CS]~ [{}a-z:/$|\\\\]{0,12}",
        "C> \\{repeat:[0-9]{0,4}:[a\\\\x|]{0,4}\\}?",
        "\\PC{0,12}",
    ];
    (
        proptest::collection::vec(line, 0..10),
        prop_oneof![Just("\n"), Just("\r\n")],
    )
        .prop_map(|(lines, end)| lines.join(end))
}
