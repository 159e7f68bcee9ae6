//! Any text as a spec file: no panic, places inside the text, and what loads survives writing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sockspec_fuzz::{DATA, load};
use sockspec_spec::{diagnostic, load_with, write};

fuzz_target!(|text: &str| {
    let (spec, found) = load_with("fuzz", text, &|_| Ok(DATA.into()));
    for one in &found {
        for label in std::iter::once(&one.label).chain(&one.others) {
            let span = label.span;
            assert!(text.get(span.start..span.end).is_some(), "{one:?}");
        }
    }
    let shown = diagnostic::render(&found, text, "fuzz", false);
    assert!(!shown.contains('\x1b'), "{shown:?}");
    let has_errors = found.iter().any(diagnostic::Diagnostic::is_error);
    assert_eq!(spec.is_none(), has_errors);
    if let Some(spec) = spec {
        let written = write(&spec);
        assert_eq!(load("fuzz", &written), Some(spec), "{written}");
    }
});
