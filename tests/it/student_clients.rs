//! Clients: the reference ones pass everything, those that students would write pass when they are right and
//! fail what they should when they are wrong.
//!
//! A client whose language is not installed is left out, and said so.

#![expect(
    clippy::print_stdout,
    reason = "a test's words are shown with its result"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use rstest::rstest;
use serde::Deserialize;
use sockspec_tests::Grade;

use crate::{ROOT, SOCKSPEC};

/// A row of the manifest.
#[derive(Debug, Deserialize)]
struct Client {
    exercise: String,
    file: String,
    #[serde(default)]
    build: Option<String>,
    run: String,
    needs: Vec<String>,
    #[serde(default)]
    cause: Option<String>,
    #[serde(default)]
    fails: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
struct Manifest {
    client: Vec<Client>,
}

fn grade(exercise: &str, command: &str, options: &[&str]) -> Grade {
    let mut run = SOCKSPEC.command();
    run.args(["grade", exercise, "--client", command]);
    run.args(["--format", "json", "--lang", "en"]).args(options);
    let output = run.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("no grade of `{command}` ({error}); it said: {said}"))
}

/// The clients of the manifest that are right, or wrong.
fn clients(right: bool) -> Vec<Client> {
    let path = format!("{ROOT}/tests/students/clients/manifest.toml");
    let text = std::fs::read_to_string(path).expect("the manifest can be read");
    let manifest: Manifest = toml::from_str(&text).expect("the manifest is right");
    let all = manifest.client.into_iter();
    all.filter(|one| one.fails.is_empty() == right).collect()
}

fn is_installed(program: &str) -> bool {
    let path = std::env::var("PATH").unwrap_or_default();
    path.split(':')
        .any(|folder| Path::new(folder).join(program).is_file())
}

impl Client {
    /// Builds it in a folder and grades it; `None` where its language is missing.
    fn graded(&self, folder: &Path) -> Option<Grade> {
        if let Some(missing) = self.needs.iter().find(|one| !is_installed(one)) {
            println!("skipped: {} needs {missing}", self.file);
            return None;
        }
        let source = format!("{ROOT}/tests/students/clients/{}", self.file);
        let out = folder.join(self.file.replace(['/', '.'], "-"));
        let fill = |text: &str| {
            let text = text.replace("{file}", &source);
            text.replace("{out}", &out.display().to_string())
        };
        if let Some(build) = &self.build {
            let build = fill(build);
            let built = Command::new("sh").args(["-c", &build]).status();
            assert!(built.is_ok_and(|status| status.success()), "{build}");
        }
        Some(grade(&self.exercise, &fill(&self.run), &[]))
    }
}

#[rstest]
fn reference_clients_pass(
    #[values(
        "echo-tcp",
        "echo-udp",
        "upper-tcp",
        "upper-udp",
        "text-commands",
        "mystery-number",
        "kv",
        "bar",
        "files",
        "web",
        "daytime-tcp",
        "daytime-udp",
        "chat-turns",
        "chat-duplex",
        "unix-successor"
    )]
    exercise: &str,
    #[values(&[], &["--strict"])] options: &[&str],
) {
    let program = SOCKSPEC.program().display();
    let place = match exercise {
        "unix-successor" => "{path}",
        _ => "{host}:{port}",
    };
    let command = format!("{program} connect {exercise} {place}");
    let grade = grade(exercise, &command, options);
    assert!(grade.not_passed().is_empty(), "{}", grade.not_passed());
}

#[test]
fn right_clients_pass() {
    let folder = tempfile::tempdir().expect("a folder");
    graded_in_pool(&clients(true), folder.path(), |client, grade| {
        for status in ["fail", "blocked", "inconclusive"] {
            let found = grade.with_status(status);
            assert!(found.is_empty(), "{}: {}", client.file, grade.not_passed());
        }
    });
}

#[test]
fn wrong_clients_fail_what_they_should() {
    let folder = tempfile::tempdir().expect("a folder");
    graded_in_pool(&clients(false), folder.path(), |client, grade| {
        let failed: BTreeSet<String> = grade
            .with_status("fail")
            .into_iter()
            .map(str::to_owned)
            .collect();
        let not_passed = grade.not_passed();
        for case in &client.fails {
            assert!(
                failed.contains(case),
                "{} {case}: {not_passed}{:?}\n{:#?}",
                client.file,
                grade.manner,
                grade.case(case).transcript
            );
        }
        let cause = client.cause.as_deref();
        assert_eq!(grade.first_cause(), cause, "{} {not_passed}", client.file);
    });
}

/// Clients graded at once: most of the time they wait.
const AT_ONCE: usize = 6;

/// Grades the clients, some at once.
fn graded_in_pool(all: &[Client], folder: &Path, judge: impl Fn(&Client, &Grade) + Sync) {
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(client) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Some(grade) = client.graded(folder) {
                judge(client, &grade);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
}

#[test]
fn an_exercise_without_clients_and_a_command_without_a_place_are_refused() {
    for (exercise, command, word) in [
        ("time-tcp", "true {port}", "time-tcp"),
        ("kv", "true", "{port}"),
        ("unix-successor", "true {port}", "{path}"),
    ] {
        let output = SOCKSPEC.run(&["grade", exercise, "--client", command, "--lang", "en"]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(word), "{said}");
    }
}
