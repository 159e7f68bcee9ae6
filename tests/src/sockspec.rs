//! The program under test, as a user runs it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::{Grade, Server};

/// How long any one command may take: far more than it does, even on a loaded machine.
pub const LIMIT: Duration = Duration::from_secs(240);

/// The program under test.
#[derive(Clone, Debug)]
pub struct Sockspec {
    program: PathBuf,
}

/// A grading that ended.
#[derive(Debug)]
pub struct Graded {
    /// The exit code.
    pub code: i32,
    /// The document written to stdout.
    pub grade: Grade,
}

impl Sockspec {
    /// The program at this path.
    pub fn new(program: impl AsRef<Path>) -> Self {
        Sockspec {
            program: program.as_ref().to_owned(),
        }
    }

    /// The program's path.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// A command line without arguments yet, in a fixed environment, and
    /// with a limit of time.
    pub fn command(&self) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::new(&self.program);
        command
            .env("LC_ALL", "C")
            .env_remove("NO_COLOR")
            .timeout(LIMIT);
        command
    }

    /// Runs a command line to its end.
    ///
    /// # Panics
    /// It cannot be started.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command()
            .args(arguments)
            .output()
            .expect("the program runs")
    }

    /// Starts an exercise's reference server, or with a flaw; `options` are the exercise's own.
    pub fn serve(&self, exercise: &str, flaw: Option<&str>, options: &[&str]) -> Server {
        let mut command = Command::new(&self.program);
        // Servers at a path want one of their own; the others want a port, and do not look at it.
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("sockspec-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        command
            .args(["serve", exercise, "--port", "0", "--path"])
            .arg(path);
        if let Some(flaw) = flaw {
            command.args(["--flaw", flaw]);
        }
        command.arg("--").args(options);
        Server::start(&mut command)
    }

    /// Grades the server at an address. `exercise` is an id or a spec's path.
    ///
    /// # Panics
    /// No grade comes out.
    pub fn grade(&self, exercise: &str, address: &str, options: &[&str]) -> Graded {
        self.graded(&[&["grade", exercise, address], options].concat())
    }

    /// Grades a server that the program starts by this command.
    ///
    /// # Panics
    /// No grade comes out.
    pub fn grade_run(&self, exercise: &str, command: &str, options: &[&str]) -> Graded {
        self.graded(&[&["grade", exercise, "--run", command], options].concat())
    }

    /// The command that starts an exercise's reference server, or with a flaw, for `--run`.
    pub fn serving(&self, exercise: &str, flaw: Option<&str>) -> String {
        let flaw = flaw.map(|flaw| format!(" --flaw {flaw}"));
        let place = match exercise.starts_with("unix-") {
            true => "--path {path}",
            false if exercise.ends_with("-peer") => "--port {port} --peer {peer} --data {data}",
            false => "--port {port}",
        };
        format!(
            "'{}' serve {exercise}{} {place}",
            self.program.display(),
            flaw.unwrap_or_default()
        )
    }

    fn graded(&self, arguments: &[&str]) -> Graded {
        let mut command = self.command();
        command
            .args(arguments)
            .args(["--format", "json", "--lang", "en"]);
        let output = command.output().expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        let grade = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("no grade of {arguments:?} ({error}); it said: {said}"));
        Graded {
            code: output.status.code().expect("no signal ended it"),
            grade,
        }
    }
}
