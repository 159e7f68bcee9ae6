//! Any text as a dialogue: no panic, places inside the text, and printing is undone by parsing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sockspec_spec::diagnostic;
use sockspec_spec::dialogue::{parse, parse_bytes, print, print_bytes};

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(dialogue) => {
            let printed = print(&dialogue);
            let again = parse(&printed);
            assert_eq!(
                again.as_ref().ok(),
                Some(&dialogue),
                "{printed:?} {again:?}"
            );
            assert_eq!(print(&dialogue), printed);
            let is_shown = |c: char| c == '\n' || c == '\t' || !c.is_control();
            assert!(printed.chars().all(is_shown), "{printed:?}");
        }
        Err(found) => {
            for one in &found {
                let span = one.label.span;
                assert!(text.get(span.start..span.end).is_some(), "{one:?}");
            }
            diagnostic::render(&found, text, "fuzz", false);
        }
    }
    let raw = print_bytes(text.as_bytes());
    assert_eq!(
        parse_bytes(&raw).ok().as_deref(),
        Some(text.as_bytes()),
        "{raw:?}"
    );
    // A value may repeat up to 16 MiB: that is allowed, and slow.
    if !text.contains("repeat") {
        let _ = parse_bytes(text);
    }
});
