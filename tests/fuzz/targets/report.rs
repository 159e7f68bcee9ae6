//! Any text as a saved grade: no panic, every format renders it, and nothing in it steers a terminal.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sockspec_report::{Detail, Format, Lang, Options, json, render_wire};

fuzz_target!(|data: &[u8]| {
    let Some((&[choice, width], text)) = data.split_first_chunk::<2>() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let Ok(grade) = json::read(text) else {
        return;
    };
    let options = Options {
        lang: [Lang::Fr, Lang::En][usize::from(choice & 1)],
        colour: false,
        width: 40 + usize::from(width) / 3,
        detail: [Detail::Quiet, Detail::Normal, Detail::Verbose][usize::from(choice / 2 % 3)],
        ..Options::default()
    };
    for format in Format::ALL {
        let shown = render_wire(*format, grade.clone(), &options);
        assert!(
            !shown.contains(&0x1b),
            "{format:?}: {}",
            shown.escape_ascii()
        );
        if *format == Format::Json {
            let text = String::from_utf8(shown);
            let again = text.ok().and_then(|text| json::read(&text).ok());
            assert!(again.is_some(), "what was written is read again");
        }
    }
});
