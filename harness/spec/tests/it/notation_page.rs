//! `specs/NOTATION.md` says what the parser does: its examples are read, its mistakes drawn.

use std::fs;

use sockspec_spec::vocabulary::BUILT_IN;
use sockspec_spec::{diagnostic, dialogue};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs/NOTATION.md");

/// The fenced blocks of the page: language and text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((language.to_owned(), text.join("\n") + "\n"));
        }
    }
    blocks
}

#[test]
fn every_dialogue_is_read_and_printed() {
    let page = fs::read_to_string(PATH).unwrap();
    let mut count = 0;
    for (_, text) in blocks(&page)
        .iter()
        .filter(|(language, _)| language == "dialogue")
    {
        let dialogue = dialogue::parse(text)
            .unwrap_or_else(|found| panic!("{}", diagnostic::render(&found, text, PATH, false)));
        let printed = dialogue::print(&dialogue);
        assert_eq!(dialogue::parse(&printed).ok().as_ref(), Some(&dialogue));
        // The page shows dialogues as they are printed.
        assert_eq!(&printed, text);
        count += 1;
    }
    assert!(count > 3);
}

/// With `SOCKSPEC_BLESS` the blocks of diagnostics are written again.
#[test]
fn every_mistake_is_told_as_shown() {
    let mut page = fs::read_to_string(PATH).unwrap();
    let is_blessing = std::env::var_os("SOCKSPEC_BLESS").is_some();
    let blocks = blocks(&page);
    let mut count = 0;
    for pair in blocks
        .windows(2)
        .filter(|pair| pair[0].0 == "dialogue-error")
    {
        let (text, shown) = (&pair[0].1, &pair[1].1);
        let found = dialogue::parse(text).expect_err("the example has a mistake");
        let drawn = diagnostic::render(&found, text, "dialogue", false);
        assert_eq!(pair[1].0, "text", "what is drawn follows the example");
        if is_blessing {
            let fenced = |text: &str| format!("```text\n{text}```");
            page = page.replacen(&fenced(shown), &fenced(&drawn), 1);
        } else {
            assert_eq!(
                &drawn, shown,
                "write it again with SOCKSPEC_BLESS=1 cargo test notation"
            );
        }
        count += 1;
    }
    assert!(count > 1);
    if is_blessing {
        fs::write(PATH, page).unwrap();
    }
}

#[test]
fn every_built_in_kind_is_on_the_page() {
    let page = fs::read_to_string(PATH).unwrap();
    for kind in BUILT_IN {
        let is_there = page.contains(&format!("`{{{}}}`", kind.name))
            || page.contains(&format!("`{{{}:", kind.name));
        assert!(is_there, "{} is not in specs/NOTATION.md", kind.name);
    }
}
