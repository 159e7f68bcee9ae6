//! `sockspec snapshot`: what a server says is kept as dialogues, compared, and blessed.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use rstest::rstest;
use tempfile::TempDir;

use crate::SOCKSPEC;

/// A folder of dialogues.
struct Kept {
    folder: TempDir,
}

impl Kept {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        Kept { folder }
    }

    fn path(&self, case: &str) -> PathBuf {
        self.folder.path().join(format!("kept/{case}.dialogue"))
    }

    fn read(&self, case: &str) -> String {
        fs::read_to_string(self.path(case)).expect("it is kept")
    }

    fn run(&self, action: &str, exercise: &str, more: &[&str]) -> Output {
        let folder = self.folder.path().join("kept").display().to_string();
        let head = ["snapshot", action, exercise];
        SOCKSPEC.run(&[&head, more, &["--dir", &folder, "--lang", "en"]].concat())
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it is UTF-8")
}

#[rstest]
fn what_a_server_says_again_is_as_it_was_kept(
    #[values(
        "kv",
        "echo-tcp",
        "echo-udp",
        "daytime-tcp",
        "time-tcp",
        "time-udp",
        "files"
    )]
    exercise: &str,
) {
    let kept = Kept::new();
    let level = ["--level", "2"];
    let done = kept.run("record", exercise, &level);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let done = kept.run("compare", exercise, &level);
    assert_eq!(
        (done.status.code(), text(&done.stdout)),
        (Some(0), String::new()),
        "{done:?}"
    );
}

#[test]
fn a_kept_dialogue_is_read_like_any_other() {
    let kept = Kept::new();
    let done = kept.run("record", "kv", &["--case", "unknown-key"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let dialogue = kept.read("unknown-key");
    let begins = "# an unknown key gets an error\nC: zut\nS: ERR unknown key\n";
    assert!(dialogue.starts_with(begins), "{dialogue}");
    // What is kept stays: it may have been changed by hand.
    fs::write(kept.path("unknown-key"), "C: mine\n").expect("it is written");
    kept.run("record", "kv", &["--case", "unknown-key"]);
    assert_eq!(kept.read("unknown-key"), "C: mine\n");
}

#[test]
fn a_server_that_says_something_else_is_shown_and_blessed() {
    let kept = Kept::new();
    let case = ["--case", "known-keys"];
    kept.run("record", "kv", &case);
    // Somebody makes a pattern of a line: it is kept as long as it fits.
    let dialogue = kept.read("known-keys");
    let dialogue = dialogue.replacen("S: OK sill", "S~ OK {word}", 1);
    fs::write(kept.path("known-keys"), format!("# by hand\n{dialogue}")).expect("it is written");
    let server = SOCKSPEC.serve("kv", Some("wrong-value"), &[]);
    let against = [&[server.address()], &case[..]].concat();
    let done = kept.run("compare", "kv", &against);
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let said = text(&done.stdout);
    let begins = "known-keys\n  C: fa\n  S~ OK {word}\n  C: mi\n- S: OK lion\n";
    assert!(said.starts_with(begins), "{said}");
    assert!(
        text(&done.stderr).contains("One of 1 dialogues is not"),
        "{done:?}"
    );

    let done = kept.run("bless", "kv", &against);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let blessed = kept.read("known-keys");
    assert!(blessed.starts_with("# by hand\n"), "{blessed}");
    assert!(
        blessed.contains("S~ OK {word}\n") && !blessed.contains("OK lion"),
        "{blessed}"
    );
    let done = kept.run("compare", "kv", &against);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
}

#[test]
fn what_a_spec_redacts_is_not_kept() {
    let kept = Kept::new();
    let spec = fs::read_to_string(format!("{}/specs/kv.toml", crate::ROOT)).expect("it is there");
    let redaction = "\n[[redactions]]\npattern = 'sill|lion'\nwith = '{word}'\n\n[[case]]\n";
    let spec = spec.replacen("\n[[case]]\n", redaction, 1);
    let path = kept.folder.path().join("kv.toml");
    fs::write(&path, spec).expect("it is written");
    let done = kept.run(
        "record",
        &path.display().to_string(),
        &["--case", "known-keys"],
    );
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let dialogue = kept.read("known-keys");
    assert!(
        dialogue.contains("S~ OK {word}\n") && !dialogue.contains("sill"),
        "{dialogue}"
    );
}

#[test]
fn a_case_that_is_not_kept_is_told() {
    let kept = Kept::new();
    let done = kept.run("compare", "kv", &["--case", "unknown-key"]);
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    assert!(
        text(&done.stdout).contains("nothing is kept of this case"),
        "{done:?}"
    );
}

#[rstest]
#[case::no_dialogue("S closes\n\x1b[2J", 2, "has 2 mistakes")]
#[case::no_text("\u{0}", 2, "has one mistake")]
fn a_file_that_is_no_dialogue_is_told(
    #[case] written: &str,
    #[case] code: i32,
    #[case] said: &str,
) {
    let kept = Kept::new();
    fs::create_dir_all(kept.folder.path().join("kept")).expect("it is made");
    fs::write(kept.path("unknown-key"), written).expect("it is written");
    let done = kept.run("compare", "kv", &["--case", "unknown-key"]);
    assert_eq!(
        (done.status.code(), text(&done.stdout)),
        (Some(code), String::new()),
        "{done:?}"
    );
    let words = text(&done.stderr);
    assert!(words.contains(said) && !words.contains('\x1b'), "{words}");
}

#[test]
fn what_cannot_be_kept_is_told() {
    let kept = Kept::new();
    let (_silent, address) = crate::cli::silent_tcp();
    let done = kept.run("record", "kv", &[&address]);
    assert_eq!(done.status.code(), Some(3), "{done:?}");
    let done = kept.run("record", "kv", &["--case", "none-such"]);
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    let done = kept.run("record", "nothing", &[]);
    assert_eq!(done.status.code(), Some(2), "{done:?}");
}
