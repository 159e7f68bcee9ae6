//! Programs that the harness starts: how they are graded, what is said of those that do not start, and that
//! nothing of them is left.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rstest::rstest;
use tempfile::TempDir;

use crate::{ROOT, SOCKSPEC};

/// How long anything of a program may take to disappear.
const SOON: Duration = Duration::from_secs(10);

#[rstest]
#[case(&["--run", "./server {port}", "127.0.0.1:2056"], "cannot be used with")]
#[case(&["--run", "./server"], "has no `{port}`")]
#[case(&["--run", "  "], "is empty")]
#[case(&["--run", "./server '{port}"], "is not closed")]
#[case(&["--run", "./server {port}", "--cwd", "/no/such/folder"], "is not a folder")]
#[case(&["--run", "./server {port}", "--limit", "start=never"], "is not a limit")]
#[case(&["--run", "./server {port} {root}"], "has nothing to put for `{root}`")]
#[case(&["--build", "make"], "--run <COMMAND>")]
fn a_command_that_cannot_be_used(#[case] arguments: &[&str], #[case] message: &str) {
    let output = SOCKSPEC.run(&[&["grade", "kv", "--lang", "en"], arguments].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(message), "{said}");
    assert_eq!(output.status.code(), Some(2), "{said}");
}

#[rstest]
#[case::run(&["--run", "/no/such/program {port}"])]
#[case::build(&["--run", "true {port}", "--build", "/no/such/program"])]
fn a_command_that_is_not_there(#[case] arguments: &[&str]) {
    let output = SOCKSPEC.run(&[&["grade", "kv", "--lang", "en"], arguments].concat());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("/no/such/program") && said.contains("cannot be executed"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(3), "{said}");
}

#[rstest]
#[case::dies("sh -c 'echo no table >&2; exit 3' {port}", &[], "dies-at-start", Some(3), "no table")]
#[case::silent("sleep 60 {port}", &["--limit", "start=0.3"], "not-listening", None, "")]
#[case::build_fails("true {port}", &["--build", "sh -c 'echo line 3 >&2; exit 2'"], "build-fails", Some(2), "line 3")]
#[case::build_hangs("true {port}", &["--build", "sleep 60", "--limit", "build=0.2"], "build-fails", None, "")]
#[case::unimplemented("sh -c 'exit 127' {port}", &[], "unimplemented", Some(127), "")]
#[case::says_so("sh -c 'echo kv: not implemented >&2; exit 1' {port}", &[], "unimplemented", Some(1), "kv: not implemented")]
fn a_program_that_does_not_start_gets_a_grade_that_says_why(
    #[case] command: &str,
    #[case] options: &[&str],
    #[case] cause: &str,
    #[case] exit: Option<i32>,
    #[case] words: &str,
) {
    let graded = SOCKSPEC.grade_run("kv", command, options);
    assert_eq!(graded.code, 1);
    assert_eq!(graded.grade.score.points, 0);
    let found = graded.grade.case("listens-where-told").diagnosis.as_ref();
    let found = found.expect("it failed");
    assert_eq!(found.cause, cause, "{}", found.message);
    let death = found.death.as_ref().expect("its end is told");
    assert_eq!((death.exit, &death.words[..]), (exit, words));
    let others = if cause == "unimplemented" {
        "unimplemented"
    } else {
        "blocked"
    };
    let counts = graded.grade.with_status(others).len();
    assert!(
        counts >= graded.grade.cases.len() - 1,
        "{}",
        graded.grade.not_passed()
    );
}

#[test]
fn a_program_that_listens_elsewhere_is_told_where() {
    // The port is the last argument, and `--port 0` the one that counts.
    let command = format!(
        "sh -c 'exec \"$0\" serve kv --port 0' '{}' {{port}}",
        SOCKSPEC.program().display()
    );
    let graded = SOCKSPEC.grade_run("kv", &command, &["--limit", "start=1"]);
    let found = graded.grade.case("listens-where-told").diagnosis.as_ref();
    let found = found.expect("it failed");
    assert_eq!(found.cause, "listens-elsewhere");
    assert!(
        found.message.contains("TCP 127.0.0.1:"),
        "{}",
        found.message
    );
}

#[test]
fn a_death_is_the_fault_of_one_case_and_the_others_are_graded() {
    let command = SOCKSPEC.serving("kv", Some("unknown-key-kills"));
    let graded = SOCKSPEC.grade_run("kv", &command, &["--effort", "quick"]);
    let killer = graded.grade.case("unknown-key");
    assert_eq!(killer.status, "fail");
    let found = killer.diagnosis.as_ref().expect("it failed");
    let death = found.death.as_ref().expect("the death is told");
    assert_eq!(death.exit, Some(3));
    assert!(
        death.words.contains("a key is in no table"),
        "{}",
        death.words
    );
    let printed = killer.transcript.iter().find(|event| event.actor == "err");
    let printed = printed
        .and_then(|event| event.text.as_deref())
        .unwrap_or_default();
    assert!(printed.contains("a key is in no table"), "{printed}");
    assert!(
        found
            .reproduce
            .contains("serve kv --flaw unknown-key-kills --port 2056 &"),
        "{}",
        found.reproduce
    );
    for passed in [
        "known-keys",
        "fin",
        "outer-space",
        "half-close",
        "interleaved",
    ] {
        assert_eq!(graded.grade.case(passed).status, "pass");
    }
}

#[test]
fn a_server_for_one_client_is_graded_in_full() {
    let dir = TempDir::new().expect("a folder");
    let server = dir.path().join("server.py");
    fs::write(&server, ONE_CLIENT).expect("it is written");
    let run = "python3 server.py {port}";
    let cwd = dir.path().display().to_string();
    let graded = SOCKSPEC.grade_run("echo-tcp", run, &["--cwd", &cwd]);
    assert_eq!(
        graded.grade.with_status("fail").len(),
        0,
        "{}",
        graded.grade.not_passed()
    );
    assert_eq!(graded.grade.with_status("inconclusive").len(), 0);
    // What takes several clients at once is not asked.
    for skipped in graded.grade.with_status("skipped") {
        let leaves = skipped.ends_with("-come-back") || skipped == "memory-stays";
        assert!(skipped.contains('@') || leaves, "{skipped}");
    }
    assert_eq!(graded.grade.case("reset").status, "pass");
    assert_eq!(graded.code, 0);
}

const ONE_CLIENT: &str = r#"
import socket, sys
with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listener:
    conn, peer = listener.accept()
    with conn:
        while True:
            data = conn.recv(1024)
            if not data: break
            conn.sendall(data)
"#;

/// A server with a child and with a daemon that is in no group of it; all deaf to polite signals.
const CLINGING: &str = r#"
import os, signal, socket, sys, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP): signal.signal(number, signal.SIG_IGN)
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
open(sys.argv[2], "a").write("%s\n" % sys.argv[1])
if os.fork() == 0:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0: time.sleep(600)
        os._exit(0)
    time.sleep(600)
while True:
    conn, peer = listener.accept()
    try:
        for line in conn.makefile("rb"):
            answer = {b"fa": b"OK sill", b"mi": b"OK lion", b"li": b"OK nez"}.get(line.strip(), b"ERR unknown key")
            conn.sendall(answer + b"\n")
    except OSError:
        pass
    conn.close()
"#;

/// A server that clings, with the place where it notes its ports.
struct Clinging {
    dir: TempDir,
}

impl Clinging {
    fn new() -> Self {
        let dir = TempDir::new().expect("a folder");
        fs::write(dir.path().join("server.py"), CLINGING).expect("it is written");
        Clinging { dir }
    }

    fn script(&self) -> String {
        self.dir.path().join("server.py").display().to_string()
    }

    fn command(&self) -> String {
        let ports = self.dir.path().join("ports");
        format!("python3 {} {{port}} {}", self.script(), ports.display())
    }

    fn ports(&self) -> Vec<u16> {
        let text = fs::read_to_string(self.dir.path().join("ports")).unwrap_or_default();
        text.lines().filter_map(|line| line.parse().ok()).collect()
    }

    /// The processes whose command line names the script.
    fn processes(&self) -> Vec<String> {
        let script = self.script();
        let all = fs::read_dir("/proc").expect("there is /proc");
        all.filter_map(|entry| fs::read(entry.ok()?.path().join("cmdline")).ok())
            .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
            .filter(|line| line.contains(&script) && !line.contains(" grade "))
            .collect()
    }

    /// Waits until nothing of it is left.
    #[track_caller]
    fn assert_gone(&self) {
        let start = Instant::now();
        while !self.processes().is_empty() {
            assert!(start.elapsed() < SOON, "left: {:?}", self.processes());
            std::thread::yield_now();
        }
        assert!(!self.ports().is_empty(), "it never ran");
        for port in self.ports() {
            TcpListener::bind(("127.0.0.1", port)).expect("its port is free again");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_of_a_program_is_left_after_its_grade() {
    let clinging = Clinging::new();
    let options = ["--effort", "quick", "--case", "known-keys"];
    let graded = SOCKSPEC.grade_run("kv", &clinging.command(), &options);
    assert_eq!(graded.grade.case("known-keys").status, "pass");
    clinging.assert_gone();
}

#[rstest]
#[case("INT", 2)]
#[case("TERM", 15)]
#[cfg(target_os = "linux")]
fn nothing_of_a_program_is_left_when_the_grading_is_broken_off(
    #[case] name: &str,
    #[case] number: i32,
) {
    use std::os::unix::process::ExitStatusExt;
    let clinging = Clinging::new();
    let mut grading = Command::new(SOCKSPEC.program())
        .args([
            "grade",
            "kv",
            "--run",
            &clinging.command(),
            "--effort",
            "deep",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let start = Instant::now();
    // It serves, and its children are there.
    while clinging.ports().is_empty() || clinging.processes().len() < 3 {
        assert!(start.elapsed() < SOON, "it does not start");
        std::thread::yield_now();
    }
    let pid = grading.id().to_string();
    let sent = Command::new("kill")
        .args([&format!("-{name}"), &pid])
        .status();
    assert!(sent.expect("there is kill").success());
    let status = grading.wait().expect("it ends");
    assert_eq!(
        status.signal(),
        Some(number),
        "it ends by the signal that it got"
    );
    clinging.assert_gone();
}

#[test]
fn a_tree_of_files_is_written_out_and_goes_with_the_grade() {
    let command = format!("{} --root {{root}}", SOCKSPEC.serving("files", None));
    let quick = ["--effort", "quick", "--level", "3"];
    let graded = SOCKSPEC.grade_run("files", &command, &quick);
    assert_eq!(
        graded.grade.with_status("fail").len(),
        0,
        "{}",
        graded.grade.not_passed()
    );
    let seen = SOCKSPEC.grade_run(
        "files",
        "sh -c 'ls {root}; echo {root} >&2; exit 1' {port}",
        &[],
    );
    let found = seen.grade.case("listens-where-told").diagnosis.as_ref();
    let death = found.and_then(|found| found.death.as_ref());
    let root = death.expect("it said where the tree is").words.clone();
    assert!(root.ends_with("/site"), "{root}");
    assert!(!Path::new(&root).exists(), "{root} is left");
}

/// A case of the program's own, and one on its streams.
const RUN_CASES: &str = r#"
[[case]]
id = "greets"
level = 1
needs = "run"
law = "protocol"
points = 1
clause = "none"
title = { fr = "salue", en = "greets" }
dialogue = "C: fa\nS: OK sill\n"

[[case]]
id = "prints"
level = 1
needs = "run"
law = "protocol"
points = 1
clause = "none"
title = { fr = "affiche", en = "prints" }
dialogue = "C: fa\nS: OK sill\nout: fa\n"
"#;

#[test]
fn cases_that_need_a_started_program_are_played_and_none_passes_for_want_of_a_look() {
    let dir = TempDir::new().expect("a folder");
    let kv = fs::read_to_string(format!("{ROOT}/specs/kv.toml")).expect("it is there");
    let path = dir.path().join("kv.toml");
    fs::write(&path, format!("{kv}\n{RUN_CASES}")).expect("it is written");
    let spec = path.display().to_string();
    let cases = [
        "--case",
        "known-keys",
        "--case",
        "greets",
        "--case",
        "prints",
        "--effort",
        "quick",
    ];
    let graded = SOCKSPEC.grade_run(&spec, &SOCKSPEC.serving("kv", None), &cases);
    assert_eq!(graded.grade.case("greets").status, "pass");
    assert_eq!(graded.grade.case("prints").status, "fail");
    let server = SOCKSPEC.serve("kv", None, &[]);
    let graded = SOCKSPEC.grade(&spec, server.address(), &cases);
    assert_eq!(graded.grade.case("greets").status, "skipped");
    assert_eq!(graded.grade.case("prints").status, "skipped");
}

#[test]
fn what_the_harness_has_of_its_own_environment_is_not_handed_on() {
    let dir = TempDir::new().expect("a folder");
    let seen = dir.path().join("environment");
    let run = format!("sh -c 'env > {}; exit 1' {{port}}", seen.display());
    let mut command = SOCKSPEC.command();
    let output = command
        .args(["grade", "kv", "--run", &run, "--env", "HANDED_ON"])
        .envs([
            ("PYTHONUNBUFFERED", "1"),
            ("GITHUB_TOKEN", "x"),
            ("HANDED_ON", "yes"),
        ])
        .output();
    assert_eq!(output.expect("it runs").status.code(), Some(1));
    let seen = fs::read_to_string(Path::new(&seen)).expect("it was written");
    assert!(
        seen.contains("PATH=") && seen.contains("HANDED_ON=yes"),
        "{seen}"
    );
    assert!(
        !seen.contains("PYTHONUNBUFFERED") && !seen.contains("GITHUB_TOKEN"),
        "{seen}"
    );
}
