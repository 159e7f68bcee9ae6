//! The teacher's guide is true: its spec is right, its model answer passes, and spoilt ones do not.

use std::fs;
use std::process::Output;

use rstest::rstest;
use tempfile::TempDir;

use crate::{ROOT, SOCKSPEC};

fn guide() -> String {
    fs::read_to_string(format!("{ROOT}/specs/README.md")).expect("the guide is there")
}

/// The fenced blocks of this language.
fn blocks(language: &str) -> Vec<String> {
    let guide = guide();
    let fence = format!("\n```{language}\n");
    let blocks = guide.split(&fence).skip(1);
    let end = |block: &str| block.split("```").next().unwrap_or_default().to_owned();
    blocks.map(end).collect()
}

/// A folder with the guide's files; `spoil` is done to the server.
fn folder(spoil: impl Fn(&str) -> String) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("it is written");
    };
    write("sums.toml", &blocks("toml")[0]);
    write("server.py", &spoil(&blocks("python")[0]));
    folder
}

fn run(folder: &TempDir, line: &str) -> Output {
    let (command, file) = match line.split_once(" > ") {
        Some((command, file)) => (command, Some(file)),
        None => (line, None),
    };
    let words = shell_words::split(command).expect("quotes match");
    let mut command = SOCKSPEC.command();
    let command = command.current_dir(folder.path()).args(&words[1..]);
    let output = command.output().expect("it runs");
    if let Some(file) = file {
        fs::write(folder.path().join(file), &output.stdout).expect("it is written");
    }
    output
}

#[test]
fn every_command_of_the_guide_succeeds() {
    let folder = folder(str::to_owned);
    let commands = blocks("sh");
    assert!(commands.len() > 2);
    for line in commands.iter().flat_map(|block| block.lines()) {
        let output = run(&folder, line);
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(output.status.code(), Some(0), "{line}\n{said}");
    }
}

#[rstest]
#[case::the_sum("int(a) + int(b)", "int(a) - int(b)", "add")]
#[case::no_except("except ValueError", "except KeyError", "bad-request")]
#[case::no_line_feed("SUM %d\\n", "SUM %d", "*")]
fn a_spoilt_answer_loses_points(#[case] right: &str, #[case] wrong: &str, #[case] case: &str) {
    let folder = folder(|server| {
        assert!(server.contains(right), "the guide changed");
        server.replace(right, wrong)
    });
    let only = format!("sockspec grade sums.toml --run 'python3 server.py {{port}}' --case {case}");
    let output = run(&folder, &only);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
}
