//! The sheet for students: what it says, and that it says nothing of what they are not to see.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use html5gum::{Token, Tokenizer};
use rstest::rstest;
use sockspec_report::Lang;
use sockspec_report::handout::{Form, Naming, write};
use sockspec_spec::dialogue::{Act, Pattern, PatternPiece};
use sockspec_spec::model::Body;
use sockspec_spec::{Spec, load_with};

const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs");

fn text(id: &str) -> String {
    fs::read_to_string(format!("{SPECS}/{id}.toml")).unwrap()
}

fn spec(id: &str, text: &str) -> Spec {
    let read = |path: &str| {
        let bytes = fs::read(Path::new(SPECS).join(path));
        bytes.map(Arc::from).map_err(|error| error.to_string())
    };
    let (spec, found) = load_with(&format!("{id}.toml"), text, &read);
    spec.unwrap_or_else(|| panic!("{id}: {found:?}"))
}

fn sheet(spec: &Spec, lang: Lang, form: Form) -> String {
    let naming = Naming {
        exercise: spec.id.clone(),
        reference: true,
    };
    write(spec, &naming, lang, form)
}

#[rstest]
fn the_sheet_of_kv(
    #[values(Lang::Fr, Lang::En)] lang: Lang,
    #[values(Form::Markdown, Form::Html)] form: Form,
) {
    let sheet = sheet(&spec("kv", &text("kv")), lang, form);
    let style = regex::Regex::new("(?s)<style>.*</style>").unwrap();
    let between = regex::Regex::new("><(/?(?:h[1-3]|p|div|main|figure|svg|g|li|tr|pre)|line)\\b");
    let shown = style.replace(&sheet, "<style></style>");
    let shown = between.unwrap().replace_all(&shown, ">\n<$1");
    let name = format!("kv-{}-{form:?}", lang.as_str()).to_lowercase();
    insta::assert_snapshot!(name, shown);
}

#[test]
fn every_exercise_has_a_sheet_in_both_languages() {
    let mut count = 0;
    for entry in fs::read_dir(SPECS).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let id = path.file_stem().unwrap().to_str().unwrap();
        let spec = spec(id, &text(id));
        count += 1;
        for lang in Lang::ALL {
            let sheet = sheet(&spec, lang, Form::Markdown);
            for case in &spec.cases {
                // What is asked with `--strict` only is nothing that students are told.
                assert_eq!(
                    sheet.contains(&format!("`{}`", case.id)),
                    !case.is_strict(),
                    "{id}: {}",
                    case.id
                );
            }
            assert!(
                sheet.contains(&format!("sockspec grade {id} --run")),
                "{id}"
            );
            let mut bodies = spec.cases.iter().map(|case| &case.body);
            // A regex shows nobody what an answer looks like.
            let is_example = |body: &Body| match body {
                Body::Dialogue(dialogue) => !dialogue.steps().any(|step| match &step.act {
                    Act::Pattern(Pattern(pieces)) => pieces
                        .iter()
                        .any(|one| matches!(one, PatternPiece::Regex(_))),
                    _ => false,
                }),
                Body::Script(_) => false,
            };
            if bodies.any(is_example) {
                assert!(sheet.contains("```dialogue\n"), "{id} shows no dialogue");
            }
            assert!(
                !sheet.contains("handout-"),
                "{id}: a sentence is missing:\n{sheet}"
            );
            assert!(
                !sheet.contains("$column") && !sheet.contains("{$"),
                "{id}:\n{sheet}"
            );
        }
    }
    assert!(count > 0);
}

#[rstest]
fn what_is_hidden_is_counted_and_nothing_else(
    #[values("hidden", "after-due")] visibility: &str,
    #[values(Form::Markdown, Form::Html)] form: Form,
) {
    let hidden = format!(
        r#"
[vocabulary.secret-word]
canonical = "SECRET ANSWER"

[[case]]
id = "secret-case"
level = 1
law = "protocol"
points = 700
clause = "secret clause"
visibility = "{visibility}"
title = {{ fr = "un titre secret", en = "a secret title" }}
hint = {{ fr = "un indice secret", en = "a secret hint" }}
dialogue = '''
C: secret request
S~ {{secret-word}}
'''
"#
    );
    let spec = spec("kv", &format!("{}{hidden}", text("kv")));
    for (lang, counted) in [
        (Lang::En, "1 case is not shown."),
        (Lang::Fr, "1 cas n’est pas montré."),
    ] {
        let sheet = sheet(&spec, lang, form);
        assert!(!sheet.to_lowercase().contains("secret"), "{sheet}");
        assert!(sheet.contains("(7 points)"), "its points are in a sum");
        assert!(sheet.contains(counted), "{sheet}");
    }
}

#[test]
fn the_page_fetches_nothing_and_runs_nothing() {
    let text = text("kv").replace(
        "en = \"Key-value server\"",
        "en = \"<img src=x onerror=alert(1)> server\"",
    );
    let page = sheet(&spec("kv", &text), Lang::En, Form::Html);
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    let mut open: Vec<Vec<u8>> = Vec::new();
    for token in Tokenizer::new(&page) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = tag.name.to_vec();
                assert!(name != b"script" && name != b"img" && name != b"link");
                for attribute in tag.attributes.keys() {
                    let attribute = attribute.to_vec();
                    assert!(!attribute.starts_with(b"on") && attribute != b"style");
                    assert!(attribute != b"src" && attribute != b"href");
                }
                if name != b"meta" && !tag.self_closing {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => assert_eq!(open.pop(), Some(tag.name.to_vec())),
            Token::String(_) | Token::Doctype(_) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(open.is_empty());
}

#[test]
fn a_spec_of_one_s_own_has_no_reference_server() {
    let naming = Naming {
        exercise: "course/kv.toml".to_owned(),
        reference: false,
    };
    let sheet = write(&spec("kv", &text("kv")), &naming, Lang::En, Form::Markdown);
    assert!(sheet.contains("sockspec grade course/kv.toml 127.0.0.1:2056"));
    assert!(!sheet.contains("sockspec serve"), "{sheet}");
}
