//! The README is true: its files are written, its commands are run, its output is what comes.
//!
//! A block marked `console` holds commands behind `$ `, each followed by what it prints. Output is
//! compared without times, ports and transcripts. `SOCKSPEC_BLESS=1` writes what comes into the README.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use sockspec_tests::{Server, steady};

use crate::{ROOT, SOCKSPEC};

fn readme() -> String {
    fs::read_to_string(format!("{ROOT}/README.md")).expect("the README is there")
}

/// A fenced block: its language, its text, and where the text stands in the document.
struct Block<'a> {
    language: &'a str,
    text: &'a str,
    start: usize,
}

fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut from = 0;
    while let Some(at) = document[from..].find("```") {
        let language_at = from + at + 3;
        let start = language_at
            + document[language_at..]
                .find('\n')
                .expect("a fence is a line")
            + 1;
        let end = start + document[start..].find("```").expect("each fence is closed");
        let language = document[language_at..start].trim();
        blocks.push(Block {
            language,
            text: &document[start..end],
            start,
        });
        from = end + 3;
    }
    blocks
}

/// A program started in the background; dropping it kills it.
struct Background(Child);

impl Drop for Background {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the README's commands run in: a folder with its files, and servers in the background.
struct Session {
    folder: tempfile::TempDir,
    flawed: Option<Server>,
    python: Option<Background>,
    address: String,
}

impl Session {
    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command and returns what it prints on both streams, with the README's port.
    fn run(&mut self, command: &str) -> String {
        let words = shell_words::split(command).expect("quotes match");
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match &words[..] {
            ["sockspec", "serve", exercise, "--flaw", flaw, "&"] => {
                let server = SOCKSPEC.serve(exercise, Some(flaw), &[]);
                self.address = server.address().to_owned();
                self.flawed = Some(server);
                String::new()
            }
            ["python3", file, _, "&"] => {
                self.python = None;
                let path = self.file(file);
                let (python, address) = python(&path);
                (self.python, self.address) = (Some(python), address);
                String::new()
            }
            ["sockspec", arguments @ ..] => {
                let is_address = |word: &str| word.starts_with("127.0.0.1:");
                let address = |word: &&str| match is_address(word) {
                    true => self.address.clone(),
                    false => (*word).to_owned(),
                };
                let output = SOCKSPEC
                    .command()
                    .current_dir(self.folder.path())
                    .args(arguments.iter().map(address))
                    .args(["--lang", "en"])
                    .output()
                    .expect("it runs");
                let all = [output.stderr, output.stdout].concat();
                let printed = String::from_utf8_lossy(&all).into_owned();
                match arguments.iter().find(|word| is_address(word)) {
                    Some(shown) => printed
                        .replace(&self.address, shown)
                        .replace(&self.address.replace(':', " "), &shown.replace(':', " ")),
                    None => printed,
                }
            }
            _ => panic!("the README has a command that no test can run: {command}"),
        }
    }
}

/// Starts a Python server on a free port and waits until it accepts.
fn python(script: &Path) -> (Background, String) {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        listener.local_addr().expect("it is bound").port()
    };
    let started = Command::new("python3")
        .arg(script)
        .arg(port.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("python3 is installed");
    let child = Background(started);
    let address = format!("127.0.0.1:{port}");
    let deadline = Instant::now() + Duration::from_secs(30);
    let (_never, pause) = mpsc::channel::<()>();
    while TcpStream::connect(&address).is_err() {
        assert!(Instant::now() < deadline, "the server does not listen");
        let _ = pause.recv_timeout(Duration::from_millis(10));
    }
    (child, address)
}

#[test]
fn the_readme_is_true() {
    let readme = readme();
    let mut session = Session {
        folder: tempfile::tempdir().expect("a folder"),
        flawed: None,
        python: None,
        address: String::new(),
    };
    let mut scores = Vec::new();
    let mut now = String::new();
    let mut copied = 0;
    for block in blocks(&readme) {
        match block.language {
            "toml" => fs::write(session.file("ping.toml"), block.text).expect("it is written"),
            "python" => fs::write(session.file("server.py"), block.text).expect("it is written"),
            "console" => {
                now.push_str(&readme[copied..block.start]);
                for command in block
                    .text
                    .lines()
                    .filter_map(|line| line.strip_prefix("$ "))
                {
                    let printed = session.run(command);
                    scores.extend(
                        printed
                            .lines()
                            .filter(|l| l.starts_with("Score"))
                            .map(str::to_owned),
                    );
                    now.push_str(&format!("$ {command}\n{printed}"));
                }
                copied = block.start + block.text.len();
            }
            _ => {}
        }
    }
    now.push_str(&readme[copied..]);
    // What the prose around the blocks says of the grades.
    assert_eq!(scores.len(), 4, "{scores:?}");
    assert!(
        scores[0].contains("failed") && scores[1].contains("failed"),
        "{scores:?}"
    );
    let right = &scores[2..];
    assert!(
        right.iter().all(|score| !score.contains("failed")),
        "{right:?}"
    );
    if steady(&readme) == steady(&now) {
        return;
    }
    let blessed = std::env::var_os("SOCKSPEC_BLESS").is_some();
    assert!(
        blessed,
        "SOCKSPEC_BLESS=1 writes what the commands print now:\n{now}"
    );
    fs::write(format!("{ROOT}/README.md"), &now).expect("the README is written");
}

#[test]
fn the_two_commands_are_run_elsewhere_as_they_stand() {
    let readme = readme();
    let shell = blocks(&readme)
        .into_iter()
        .find(|block| block.language == "sh");
    let commands: Vec<&str> = shell.expect("there is such a block").text.lines().collect();
    assert_eq!(
        commands,
        ["cargo run --release -- grade kv", "cargo test --workspace"]
    );
    let pipeline = fs::read_to_string(format!("{ROOT}/.ci/run")).expect("it is there");
    assert!(
        pipeline.lines().any(|line| line.ends_with(commands[1])),
        ".ci/run does not run the tests"
    );
    // `cargo run` runs the default member, which is the command; building it anew in release mode
    // is left to the reader.
    let manifest = fs::read_to_string(format!("{ROOT}/Cargo.toml")).expect("it is there");
    assert!(manifest.contains("default-members = [\"harness/cli\"]"));
    SOCKSPEC.command().args(["grade", "kv"]).assert().code(0);
}

#[test]
fn links_lead_somewhere() {
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "ci/README.md",
        "specs/README.md",
    ] {
        let path = Path::new(ROOT).join(page);
        let text = fs::read_to_string(&path).expect("the page is there");
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let there = link.starts_with("https://") || path.with_file_name(link).exists();
            assert!(there, "{page} links to `{link}`, which is not there");
        }
    }
}

#[test]
fn commands_named_in_prose_exist() {
    for page in [
        "README.md",
        "CONTRIBUTING.md",
        "ci/README.md",
        "specs/README.md",
    ] {
        let text = fs::read_to_string(Path::new(ROOT).join(page)).expect("the page is there");
        for rest in text.split("sockspec ").skip(1) {
            let name: String = rest.chars().take_while(char::is_ascii_lowercase).collect();
            if [
                "grade", "list", "serve", "connect", "check", "explain", "report",
            ]
            .contains(&&*name)
            {
                SOCKSPEC.command().args([&name, "--help"]).assert().code(0);
            }
        }
    }
}
