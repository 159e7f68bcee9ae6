//! The specs of the repository load.

use std::fs;
use std::sync::Arc;

use sockspec_spec::model::Body;
use sockspec_spec::{diagnostic, load, load_with};

/// The specs of the repository.
pub const SPECS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs");

/// A spec of the usual kind.
pub const KV: &str = include_str!("fixtures/kv.toml");

/// A data file beside the specs.
pub fn data_file(path: &str) -> Result<Arc<[u8]>, String> {
    let bytes = fs::read(format!("{SPECS}/{path}"));
    bytes.map(Arc::from).map_err(|error| error.to_string())
}

#[test]
fn every_spec_of_the_repository_loads() {
    for entry in fs::read_dir(SPECS).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = fs::read_to_string(&path).unwrap();
        let (spec, found) = load_with(&name, &source, &data_file);
        let text = diagnostic::render(&found, &source, &name, false);
        assert!(spec.is_some(), "{text}");
    }
}

#[test]
fn a_case_has_its_values_and_defaults() {
    let (spec, _) = load("specs/kv.toml", KV);
    let spec = spec.unwrap();
    let control = spec.control_case().unwrap();
    assert_eq!(control.id, "known-keys");
    assert_eq!((control.version, control.points), (1, 4));
    assert!(control.derive.segmentation && control.packable);
    let fin = spec.case("fin").unwrap();
    assert!(!fin.derive.segmentation && !fin.packable);
    let space = spec.case("outer-space").unwrap();
    assert_eq!(space.rows.len(), 3);
    assert_eq!(space.rows[1]["key"], r"fa\x20");
    assert_eq!(spec.vocabulary["value"].takes, ["v"]);
}

#[test]
fn the_spans_of_steps_are_places_in_the_file() {
    let source = KV;
    let (spec, _) = load("kv.toml", source);
    let spec = spec.unwrap();
    let Body::Dialogue(dialogue) = &spec.case("unknown-key").unwrap().body else {
        panic!("a dialogue was expected");
    };
    let steps: Vec<&str> = dialogue
        .steps()
        .map(|step| &source[step.span.start..step.span.end])
        .collect();
    assert_eq!(
        steps,
        ["C: zut", "S~ {unknown}", "C: fa", "S~ {value:sill}"]
    );
}
