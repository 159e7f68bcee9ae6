//! Laws: no text makes the loader panic, and its places are inside the text.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use sockspec_spec::{diagnostic, load};

use crate::load_specs::KV;

fn check(source: &str) -> Result<(), TestCaseError> {
    let (spec, found) = load("kv.toml", source);
    let has_errors = found.iter().any(|diagnostic| diagnostic.is_error());
    prop_assert_eq!(spec.is_none(), has_errors);
    for diagnostic in &found {
        let labels = std::iter::once(&diagnostic.label).chain(&diagnostic.others);
        for label in labels {
            let span = label.span;
            prop_assert!(source.get(span.start..span.end).is_some(), "{diagnostic:?}");
        }
    }
    let text = diagnostic::render(&found, source, "kv.toml", false);
    prop_assert!(!text.contains('\x1b'));
    Ok(())
}

/// Pieces that have a meaning in a spec file.
const PIECES: &[&str] = &[
    "'''",
    "\"",
    "'",
    "\n",
    "{",
    "}",
    "[",
    "]",
    "[[case]]",
    "=",
    "|",
    "\\",
    "\\x4",
    "/",
    "(",
    "*",
    "C: ",
    "S~ ",
    "S! close\n",
    "either\n",
    "or\n",
    "end\n",
    "any order\n",
    "{value:$v}",
    "{int:n}",
    "{n}",
    "{repeat:9:a}",
    "é",
    "\u{202E}",
    "\u{1b}[31m",
    "rows = [{ a = 'b' }]\n",
    "after = ['fin']\n",
    "script = 'expect(((('\n",
    "level = 9\n",
    "needs = 'run'\n",
    "packable = true\n",
    "\r\n",
    "C9: ",
];

proptest! {
    #[test]
    fn no_text_makes_the_loader_panic(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn no_change_of_a_spec_makes_the_loader_panic(
        changes in proptest::collection::vec((any::<Index>(), 0usize..20, select(PIECES)), 1..6),
    ) {
        let mut text = KV.to_owned();
        for (at, length, piece) in changes {
            let start = text.floor_char_boundary(at.index(text.len()));
            let end = text.ceil_char_boundary((start + length).min(text.len()));
            text.replace_range(start..end, piece);
        }
        check(&text)?;
    }

    #[test]
    fn no_dialogue_makes_the_loader_panic(pieces in proptest::collection::vec(select(PIECES), 0..40)) {
        let body = pieces.concat().replace("'''", "");
        check(&KV.replacen("C: zut\n", &body, 1))?;
    }

    #[test]
    fn no_script_makes_the_loader_panic(script in "[a-z0-9 (){}\\[\\];=.,\"`#|!\n]{0,200}") {
        check(&KV.replacen("dialogue = '''\nC: zut\n", &format!("script = '''{script}\n"), 1))?;
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{", "}"),
        ("if x {", "}"),
        ("-", ""),
        ("!", ""),
    ] {
        let script = format!("{}1{}", open.repeat(20_000), close.repeat(20_000));
        let source = KV.replacen(
            "dialogue = '''\nC: zut\n",
            &format!("script = '''{script}\n"),
            1,
        );
        assert!(load("kv.toml", &source).0.is_none());
    }
    let toml = format!("id = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(load("kv.toml", &toml).0.is_none());
    let regex = format!("S~ /{}{}/\n", "(".repeat(50_000), ")".repeat(50_000));
    assert!(
        load("kv.toml", &KV.replacen("C: zut\n", &regex, 1))
            .0
            .is_none()
    );
}
