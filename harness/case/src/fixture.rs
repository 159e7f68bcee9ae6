//! Specs for this crate's tests.

use sockspec_spec::Spec;
use sockspec_spec::model::Word;

/// A small spec with these words.
pub fn spec(words: &[(&str, Word)]) -> Spec {
    let source = r#"
id = "fixture"
title = { fr = "f", en = "f" }
summary = { fr = "f", en = "f" }
source = "none"
transport = "tcp"
framing = "lines"
serving = "one-shot"
port = 50000
control = "one"
[[case]]
id = "one"
level = 1
law = "protocol"
clause = "none"
title = { fr = "f", en = "f" }
dialogue = """
C: a
S: A
"""
"#;
    let (spec, diagnostics) = sockspec_spec::load("fixture.toml", source);
    let mut spec = spec.unwrap_or_else(|| panic!("{diagnostics:?}"));
    for (name, word) in words {
        spec.vocabulary.insert((*name).to_owned(), word.clone());
    }
    spec
}
