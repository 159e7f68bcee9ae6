//! The loader's keys and those of the JSON Schema are the same.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::read;

/// A file that reaches every kind of table.
const EVERY_TABLE: &str = r#"
title = {}
vocabulary.x = {}
redactions = [{}]
data = {}
[[case]]
rows = [{}]
servers = [{}]
"#;

/// The kinds of tables, as the loader and as the schema call them.
const TABLES: &[(&str, &str)] = &[
    ("a spec", ""),
    ("a text in two languages", "Languages"),
    ("a word", "Word"),
    ("the data files", "Data"),
    ("a redaction", "Redaction"),
    ("a case", "Case"),
    ("a server", "Setup"),
];

fn keys_of_the_schema() -> BTreeMap<String, BTreeSet<String>> {
    let schema: Value = serde_json::from_str(&crate::json_schema()).unwrap();
    let keys = |table: &Value| -> BTreeSet<String> {
        table["properties"]
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    };
    let mut tables: BTreeMap<String, BTreeSet<String>> = schema["definitions"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, table)| (name.clone(), keys(table)))
        .collect();
    tables.insert(String::new(), keys(&schema));
    tables
}

#[test]
fn loader_and_schema_know_the_same_keys() {
    let (_, context) = read("x.toml", EVERY_TABLE, &|_| Err(String::new()));
    let asked = context.asked();
    let schema = keys_of_the_schema();
    let kinds: BTreeSet<&str> = TABLES.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(asked.keys().copied().collect::<BTreeSet<_>>(), kinds);
    let names: BTreeSet<&str> = TABLES.iter().map(|(_, name)| *name).collect();
    assert_eq!(
        schema.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        names
    );
    for (kind, name) in TABLES {
        let asked: BTreeSet<String> = asked[kind].iter().map(|key| (*key).to_owned()).collect();
        assert_eq!(asked, schema[*name], "{kind}");
    }
}

/// The words that the schema allows are those that the model parses.
#[test]
fn loader_and_schema_know_the_same_words() {
    use crate::model::{Choice, Echo, Framing, Law, Needs, Serving, Transport, Visibility};
    let schema: Value = serde_json::from_str(&crate::json_schema()).unwrap();
    let case = &schema["definitions"]["Case"]["properties"];
    let root = &schema["properties"];
    for (property, words) in [
        (&root["transport"], Transport::WORDS),
        (&root["framing"], Framing::WORDS),
        (&root["serving"], Serving::WORDS),
        (&root["echo"], Echo::WORDS),
        (&case["law"], Law::WORDS),
        (&case["needs"], Needs::WORDS),
        (&case["visibility"], Visibility::WORDS),
    ] {
        assert_eq!(words_of(property), *words, "{property}");
    }
}

/// The words of a property, whichever way the schema spells an enumeration.
fn words_of(property: &Value) -> Vec<String> {
    let texts = |list: &Value| -> Vec<String> {
        list.as_array()
            .unwrap()
            .iter()
            .filter_map(|word| word.as_str().map(str::to_owned))
            .collect()
    };
    if property["enum"].is_array() {
        return texts(&property["enum"]);
    }
    ["oneOf", "anyOf", "allOf"]
        .iter()
        .filter_map(|key| property[key].as_array())
        .flatten()
        .flat_map(|choice| match &choice["const"] {
            Value::String(word) => vec![word.clone()],
            _ => words_of(choice),
        })
        .collect()
}

#[test]
fn the_schema_beside_the_specs_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs/spec.schema.json");
    let wanted = crate::json_schema();
    if std::env::var_os("SOCKSPEC_BLESS").is_some() {
        std::fs::write(path, &wanted).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == wanted,
        "specs/spec.schema.json is out of date; write it again with\n\
         SOCKSPEC_BLESS=1 cargo test -p sockspec-spec schema"
    );
}
