//! The command line: what it says, where, and the exit code that goes with it.

use std::fs;
use std::net::{SocketAddr, UdpSocket};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use predicates::prelude::*;
use rstest::rstest;
use socket2::{Domain, Socket, Type};
use sockspec_tests::{Sockspec, steady};

use crate::{ROOT, SOCKSPEC};

/// A TCP port where nothing listens, ours as long as the socket is kept: bound, not listening.
pub fn silent_tcp() -> (Socket, String) {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    socket.bind(&any.into()).expect("a port is free");
    let address = socket
        .local_addr()
        .expect("it is bound")
        .as_socket()
        .expect("it is IPv4");
    (socket, address.to_string())
}

/// A UDP port where nobody receives, ours as long as the socket is kept: connected elsewhere.
fn silent_udp() -> (UdpSocket, String) {
    let elsewhere = UdpSocket::bind("127.0.0.1:0").expect("a port is free");
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port is free");
    socket
        .connect(elsewhere.local_addr().expect("it is bound"))
        .expect("it connects");
    let address = socket.local_addr().expect("it is bound").to_string();
    (socket, address)
}

#[rstest]
#[case::english("en", "nothing listens at 127.0.0.1")]
#[case::french("fr", "rien n’écoute à l’adresse 127.0.0.1")]
fn nothing_listens(#[case] lang: &str, #[case] message: &str) {
    let (_kept, address) = silent_tcp();
    let start = Instant::now();
    let mut command = SOCKSPEC.command();
    let done = command
        .args(["grade", "kv", &address, "--lang", lang])
        .assert();
    done.code(3)
        .stdout("")
        .stderr(
            predicate::str::contains(message).and(predicate::str::contains(format!(
                "sockspec grade kv {address}"
            ))),
        );
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "it took {:?}",
        start.elapsed()
    );
}

#[test]
fn nothing_listens_on_a_udp_port() {
    let (_kept, address) = silent_udp();
    let mut command = SOCKSPEC.command();
    let done = command
        .args(["grade", "echo-udp", &address, "--lang", "en"])
        .assert();
    done.code(3)
        .stdout("")
        .stderr(predicate::str::contains("nothing listens at"));
}

#[rstest]
#[case::near("text-comands", "did you mean `text-commands`?")]
#[case::far("zzz", "There are: echo-tcp, ")]
#[case::no_such_file("no/such.toml", "`no/such.toml` cannot be read")]
fn an_exercise_that_is_none(#[case] exercise: &str, #[case] message: &str) {
    for command in ["grade", "list"] {
        let mut run = SOCKSPEC.command();
        let done = run.args([command, exercise, "--lang", "en"]).assert();
        done.code(2)
            .stdout("")
            .stderr(predicate::str::contains(message));
    }
}

#[rstest]
#[case::no_port(
    "localhost",
    "`localhost` has no port: write HOST:PORT, for example 127.0.0.1:2056"
)]
#[case::bare_ipv6("::1", "`::1` has no port")]
#[case::no_host(":2056", "`:2056` has no host")]
#[case::port_zero("127.0.0.1:0", "`0` in `127.0.0.1:0` is not a port")]
#[case::port_too_high("127.0.0.1:65536", "`65536` in `127.0.0.1:65536` is not a port")]
#[case::port_of_letters("127.0.0.1:http", "`http` in `127.0.0.1:http` is not a port")]
#[case::unknown_host("no.such.host.invalid:80", "the host `no.such.host.invalid`")]
fn an_address_that_is_none(#[case] address: &str, #[case] message: &str) {
    let mut command = SOCKSPEC.command();
    let done = command
        .args(["grade", "kv", address, "--lang", "en"])
        .assert();
    done.code(2)
        .stdout("")
        .stderr(predicate::str::contains(message));
}

#[test]
fn a_hostile_argument_steers_no_terminal() {
    for arguments in [["grade", "k\x1b[31mv"], ["explain", "\x1b[2J"]] {
        let output = SOCKSPEC.run(&arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            !output.stderr.contains(&0x1b),
            "{:?}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[rstest]
#[case::no_command(&[])]
#[case::unknown_command(&["grad"])]
#[case::unknown_flag(&["grade", "kv", "--stric"])]
#[case::level_too_high(&["grade", "kv", "--level", "6"])]
#[case::seed_no_number(&["grade", "kv", "--seed", "x"])]
#[case::unknown_effort(&["grade", "kv", "--effort", "huge"])]
#[case::unknown_language(&["list", "--lang", "de"])]
#[case::quiet_and_verbose(&["grade", "kv", "-q", "-v"])]
#[case::time_scale_zero(&["grade", "kv", "--time-scale", "0"])]
#[case::score_above_all(&["grade", "kv", "--min-score", "101"])]
#[case::unknown_format(&["grade", "kv", "--format", "jsn"])]
#[case::case_that_fits_nothing(&["grade", "kv", "--case", "zz*"])]
#[case::unknown_flaw(&["serve", "kv", "--port", "0", "--flaw", "zz"])]
#[case::serve_of_nothing(&["serve", "zz"])]
#[case::unknown_cause(&["explain", "zz"])]
#[case::report_of_nothing(&["report", "/no/such/file.json"])]
fn wrong_usage(#[case] arguments: &[&str]) {
    let done = SOCKSPEC.command().args(arguments).assert();
    done.code(2)
        .stdout("")
        .stderr(predicate::str::is_empty().not());
}

#[test]
fn all_mistakes_of_a_spec_are_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.toml");
    let kv = fs::read_to_string(format!("{ROOT}/specs/kv.toml")).expect("the spec is there");
    let wrong = kv
        .replacen("id = \"kv\"", "id = \"mine\"", 1)
        .replacen("transport = \"tcp\"", "transport = \"tpc\"", 1)
        .replacen("S~ {unknown}", "S~ {unkown}", 1)
        .replacen("level = 1", "level = 7", 1);
    fs::write(&path, wrong).expect("it is written");
    let name = path.display().to_string();
    for command in ["check", "grade"] {
        let done = SOCKSPEC
            .command()
            .args([command, &name, "--lang", "en"])
            .assert();
        done.code(2).stdout("").stderr(
            predicate::str::contains("`tpc`")
                .and(predicate::str::contains("unkown"))
                .and(predicate::str::contains("did you mean"))
                .and(predicate::str::contains("must be from 1 to 5"))
                .and(predicate::str::contains("3 mistakes"))
                .and(predicate::str::contains(format!("{name}:"))),
        );
    }
}

#[test]
fn every_spec_of_ours_is_right() {
    let specs: Vec<_> = fs::read_dir(format!("{ROOT}/specs"))
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "toml")
        })
        .collect();
    assert!(!specs.is_empty());
    let done = SOCKSPEC
        .command()
        .arg("check")
        .args(specs)
        .args(["--lang", "en"])
        .assert();
    done.code(0)
        .stdout("")
        .stderr(predicate::str::contains("warning").not());
}

#[test]
fn min_score_decides_the_exit_code() {
    let server = SOCKSPEC.serve("kv", Some("wrong-value"), &[]);
    let graded = SOCKSPEC.grade("kv", server.address(), &[]);
    assert_eq!(graded.code, 1);
    let share = f64::from(graded.grade.score.points) / f64::from(graded.grade.score.max);
    assert!(share < 1.0);
    let reached = format!("{:.3}", 100.0 * share - 0.01);
    let missed = format!("{:.3}", 100.0 * share + 0.01);
    assert_eq!(
        SOCKSPEC
            .grade("kv", server.address(), &["--min-score", &reached])
            .code,
        0
    );
    assert_eq!(
        SOCKSPEC
            .grade("kv", server.address(), &["--min-score", &missed])
            .code,
        1
    );
}

#[test]
fn case_and_level_choose() {
    let server = SOCKSPEC.serve("kv", None, &[]);
    let ids = |options: &[&str]| -> Vec<String> {
        let graded = SOCKSPEC.grade("kv", server.address(), options);
        graded.grade.cases.into_iter().map(|case| case.id).collect()
    };
    let all = ids(&[]);
    assert_eq!(ids(&["--level", "1"]), ["known-keys", "unknown-key", "fin"]);
    assert_eq!(ids(&["--case", "fin"]), ["fin"]);
    let both = ids(&["--case", "fin", "--case", "res?t"]);
    assert_eq!(both, ["fin", "reset"]);
    let keys = ids(&["--case", "known-keys"]);
    let wanted: Vec<String> = all
        .into_iter()
        .filter(|id| id.starts_with("known-keys"))
        .collect();
    assert_eq!(keys, wanted);
}

#[test]
fn list_names_every_exercise() {
    let mut listed = predicate::str::is_empty().not().boxed();
    for exercise in sockspec_reference::exercises() {
        listed = listed.and(predicate::str::contains(*exercise)).boxed();
    }
    SOCKSPEC
        .command()
        .args(["list", "--lang", "fr"])
        .assert()
        .code(0)
        .stderr("")
        .stdout(listed);
}

#[test]
fn list_of_an_exercise_names_its_cases() {
    let listed = SOCKSPEC.run(&["list", "kv", "--lang", "en"]);
    let text = String::from_utf8(listed.stdout).expect("it is text");
    let first: Vec<&str> = text
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    assert_eq!(
        first,
        "known-keys 1 protocol 4 known keys get their value"
            .split(' ')
            .collect::<Vec<_>>()
    );
}

#[test]
fn the_spec_of_an_exercise_is_printed_to_be_adapted() {
    let printed = SOCKSPEC.run(&["list", "kv", "--spec"]);
    let spec = fs::read(format!("{ROOT}/specs/kv.toml")).expect("it is there");
    assert!(printed.stdout == spec && printed.status.success());
    let both = SOCKSPEC.run(&["list", "kv", "--spec", "--flaws"]);
    assert_eq!(both.status.code(), Some(2));
    let none = SOCKSPEC.run(&["list", "kvv", "--spec", "--lang", "en"]);
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn list_of_flaws_names_each() {
    let listed = SOCKSPEC.run(&["list", "--flaws"]);
    let text = String::from_utf8(listed.stdout).expect("it is text");
    assert_eq!(
        text.lines().count(),
        sockspec_flawed::flaws().len()
            + sockspec_flawed::standalone_flaws().count()
            + sockspec_flawed::program_flaws().len()
    );
    let kv = SOCKSPEC.run(&["list", "kv", "--flaws"]);
    let text = String::from_utf8(kv.stdout).expect("it is text");
    assert!(text.lines().all(|line| line.starts_with("kv ")), "{text}");
}

#[rstest]
#[case::english("en", "one whole message")]
#[case::french("fr", "pour un message entier")]
fn explain_shows_the_page_of_a_cause(#[case] lang: &str, #[case] words: &str) {
    let mut command = SOCKSPEC.command();
    let done = command
        .args(["explain", "one-recv-one-message", "--lang", lang])
        .assert();
    done.code(0)
        .stderr("")
        .stdout(predicate::str::contains(words));
}

#[test]
fn explain_knows_all_that_it_lists() {
    let listed = SOCKSPEC.run(&["explain"]);
    let text = String::from_utf8(listed.stdout).expect("it is text");
    for name in text
        .lines()
        .filter_map(|line| line.split_whitespace().next())
    {
        let output = SOCKSPEC.run(&["explain", name]);
        assert_eq!(output.status.code(), Some(0), "{name}");
        assert!(output.stdout.len() > 80, "the page of {name} is empty");
    }
    for flaw in sockspec_flawed::flaws() {
        let listed = text
            .lines()
            .any(|line| line.split_whitespace().next() == Some(flaw.cause));
        assert!(listed, "`{}` of {} has no page", flaw.cause, flaw.exercise);
    }
}

#[test]
fn a_code_in_small_letters_is_explained_too() {
    let done = SOCKSPEC.command().args(["explain", "ss0101"]).assert();
    done.code(0).stdout(predicate::str::contains("SS0101"));
}

#[rstest]
#[case("en")]
#[case("fr")]
fn a_saved_grade_renders_as_the_fresh_one(#[case] lang: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("grade.json").display().to_string();
    let server = SOCKSPEC.serve("kv", Some("one-recv-one-message"), &[]);
    let save = format!("json={path}");
    let grade = [
        "grade",
        "kv",
        server.address(),
        "--format",
        "terminal",
        "--format",
        &save,
    ];
    let fresh = SOCKSPEC
        .command()
        .args(grade)
        .args(["--lang", lang])
        .assert()
        .code(1);
    let saved = SOCKSPEC
        .command()
        .args(["report", &path, "--lang", lang])
        .assert()
        .code(0);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(
        text(&saved.get_output().stdout),
        text(&fresh.get_output().stdout)
    );
    let json = SOCKSPEC
        .command()
        .args(["report", &path, "--format", "json"])
        .assert()
        .code(0);
    assert_eq!(
        text(&json.get_output().stdout),
        fs::read_to_string(&path).expect("it is there")
    );
}

#[rstest]
#[case("not a grade", "is not a saved grade")]
#[case("{}", "is not a saved grade")]
#[case(
    "{\"schema\": \"sockspec.grade/9\"}",
    "says that it is `sockspec.grade/9`"
)]
fn a_file_that_is_no_grade(#[case] text: &str, #[case] message: &str) {
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), text).expect("it is written");
    let name = file.path().display().to_string();
    let done = SOCKSPEC
        .command()
        .args(["report", &name, "--lang", "en"])
        .assert();
    done.code(2)
        .stdout("")
        .stderr(predicate::str::contains(message));
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = || -> Vec<String> {
        let entries = fs::read_dir(folder.path()).expect("the folder is there");
        let name =
            |entry: std::io::Result<fs::DirEntry>| entry.expect("it can be read").file_name();
        let mut names: Vec<String> = entries
            .map(|entry| name(entry).to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    let server = SOCKSPEC.serve("kv", None, &[]);
    let grade = |file: &str| {
        let format = format!("json={}", folder.path().join(file).display());
        let arguments = [
            "grade",
            "kv",
            server.address(),
            "--level",
            "1",
            "--format",
            &format,
        ];
        SOCKSPEC
            .command()
            .args(arguments)
            .args(["--lang", "en"])
            .assert()
    };
    fs::write(folder.path().join("grade.json"), "an older grade").expect("it is written");
    grade("grade.json").code(0).stdout("");
    let text = fs::read_to_string(folder.path().join("grade.json")).expect("it is there");
    assert!(
        text.starts_with('{') && text.trim_end().ends_with('}'),
        "{text}"
    );
    assert_eq!(inside(), ["grade.json"]);

    fs::create_dir(folder.path().join("taken")).expect("a folder");
    grade("taken")
        .code(3)
        .stderr(predicate::str::contains("cannot be written"));
    assert_eq!(inside(), ["grade.json", "taken"]);

    grade("class/amel.json").code(0);
    assert!(folder.path().join("class/amel.json").exists());
}

#[test]
fn quiet_says_the_score_only() {
    let server = SOCKSPEC.serve("kv", None, &[]);
    let mut command = SOCKSPEC.command();
    let done = command
        .args(["grade", "kv", server.address(), "-q", "--lang", "en"])
        .assert();
    done.code(0).stderr("").stdout(
        predicate::str::is_match(r"^Score: (\d+) out of \d+  \(\d+ passed\)\n$").expect("a regex"),
    );
}

#[test]
fn verbose_shows_the_transcripts_of_what_passed() {
    let server = SOCKSPEC.serve("kv", None, &[]);
    let arguments = [
        "grade",
        "kv",
        server.address(),
        "--level",
        "1",
        "--lang",
        "en",
    ];
    let normal = SOCKSPEC.command().args(arguments).assert().code(0);
    let verbose = SOCKSPEC
        .command()
        .args(arguments)
        .arg("-v")
        .assert()
        .code(0);
    let shows = |output: &[u8]| String::from_utf8_lossy(output).contains("\"OK sill\\n\"");
    assert!(!shows(&normal.get_output().stdout));
    assert!(shows(&verbose.get_output().stdout));
}

#[test]
fn without_an_address_the_reference_server_is_graded() {
    let done = SOCKSPEC
        .command()
        .args(["grade", "kv", "--level", "1", "--lang", "en"])
        .assert();
    done.code(0)
        .stderr(predicate::str::contains(
            "grading the embedded reference server of `kv`",
        ))
        .stdout(predicate::str::contains("known-keys"));
}

#[test]
fn no_colour_reaches_a_pipe() {
    let server = SOCKSPEC.serve("kv", Some("wrong-value"), &[]);
    for colour in [None, Some(("NO_COLOR", "1")), Some(("CLICOLOR_FORCE", "0"))] {
        let mut command = SOCKSPEC.command();
        if let Some((name, value)) = colour {
            command.env(name, value);
        }
        let output = command
            .args(["grade", "kv", server.address()])
            .output()
            .expect("it runs");
        assert!(!output.stdout.contains(&0x1b));
        assert!(!output.stderr.contains(&0x1b));
    }
}

#[rstest]
#[case::locale_french("fr_FR.UTF-8", None, "Clé")]
#[case::locale_english("en_GB.UTF-8", None, "Key-value server")]
#[case::flag_before_locale("fr_FR.UTF-8", Some("en"), "Key-value server")]
fn the_language_is_the_flags_else_the_locales(
    #[case] locale: &str,
    #[case] lang: Option<&str>,
    #[case] words: &str,
) {
    let mut command = SOCKSPEC.command();
    command
        .env("LC_ALL", locale)
        .arg("list")
        .args(lang.map(|lang| format!("--lang={lang}")));
    let output = command.output().expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).to_lowercase();
    assert!(text.contains(&words.to_lowercase()), "{text}");
}

/// Runs a command whose stdout nobody reads, and returns its exit code and what it said.
fn with_closed_stdout(sockspec: &Sockspec, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = Command::new(sockspec.program())
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let server = SOCKSPEC.serve("kv", None, &[]);
    for arguments in [
        &["explain"][..],
        &["list", "--flaws"],
        &["--help"],
        &["grade", "kv", server.address(), "--level", "1"],
    ] {
        let (code, said) = with_closed_stdout(&SOCKSPEC, arguments);
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
    }
}

#[rstest]
#[case::right("kv", None)]
#[case::wrong_value("kv", Some("wrong-value"))]
#[case::half_characters("text-commands", Some("split-character"))]
#[case::one_client("daytime-tcp", Some("serves-one-client"))]
fn the_verdicts_are_the_same_every_time(#[case] exercise: &str, #[case] flaw: Option<&str>) {
    let verdicts = |seed: &str| -> Vec<(String, String)> {
        // A server of its own each time: a flawed one may be dead after a grade.
        let server = SOCKSPEC.serve(exercise, flaw, &[]);
        let graded = SOCKSPEC.grade(exercise, server.address(), &["--seed", seed]);
        let pairs = graded.grade.verdicts();
        pairs
            .into_iter()
            .map(|(id, status)| (id.to_owned(), status.to_owned()))
            .collect()
    };
    let first = verdicts("862");
    for seed in ["862", "1", "18446744073709551615"] {
        let again = verdicts(seed);
        let differ: Vec<_> = first
            .iter()
            .zip(&again)
            .filter(|(one, other)| one != other)
            .collect();
        assert_eq!(differ, [], "seed {seed}");
    }
}

#[test]
fn help_stays_as_it_is() {
    let output = SOCKSPEC.run(&["grade", "--help"]);
    insta::assert_snapshot!(steady(&String::from_utf8_lossy(&output.stdout)));
}

#[rstest]
#[case::markdown(&["handout", "kv"], "# Key-value server\n")]
#[case::page(&["handout", "kv", "--format", "html", "--lang", "fr"], "<!DOCTYPE html>")]
fn a_sheet_for_students(#[case] arguments: &[&str], #[case] start: &str) {
    let done = SOCKSPEC.command().args(arguments).assert();
    done.code(0)
        .stdout(predicate::str::starts_with(start))
        .stderr("");
    let unknown = SOCKSPEC.command().args(["handout", "nothing"]).assert();
    unknown.code(2).stdout("");
}

#[rstest]
#[case("en", "Grading works on this machine.\n")]
#[case("fr", "La notation marche sur cette machine.\n")]
fn the_doctor_says_what_the_machine_allows(#[case] lang: &str, #[case] end: &str) {
    let mut command = SOCKSPEC.command();
    let done = command.args(["doctor", "--lang", lang]).assert();
    done.code(0).stdout(predicate::str::ends_with(end));
    // Without a shell in the path no program is started, and the exit code says so.
    let mut command = SOCKSPEC.command();
    let done = command.args(["doctor"]).env("PATH", "/nowhere").assert();
    done.code(3)
        .stdout(predicate::str::contains("MISSING  No program"));
}

#[rstest]
fn a_shell_takes_its_completions(
    #[values("bash", "zsh", "fish", "elvish", "powershell")] shell: &str,
) {
    let output = SOCKSPEC.run(&["completions", shell]);
    let script = String::from_utf8(output.stdout).expect("it is text");
    assert_eq!(output.status.code(), Some(0));
    for word in ["grade", "handout", "doctor", "min-score"] {
        assert!(script.contains(word), "{shell}: no `{word}`");
    }
    if shell == "bash" {
        let mut bash = assert_cmd::Command::new("bash");
        bash.arg("-n").write_stdin(script).assert().code(0);
    }
}

#[test]
fn the_manual_page_has_every_command_and_option() {
    let output = SOCKSPEC.run(&["man"]);
    assert_eq!(output.status.code(), Some(0));
    let page = String::from_utf8(output.stdout).expect("it is text");
    assert!(page.contains(".TH sockspec 1"), "{page}");
    let plain = page.replace('\\', "");
    let help = SOCKSPEC.run(&["--help"]);
    let help = String::from_utf8(help.stdout).expect("it is text");
    let commands = help.split("Commands:").nth(1).expect("they are listed");
    let commands = commands.lines().skip(1).take_while(|line| !line.is_empty());
    // A description that does not fit goes on below, further in.
    for line in commands.filter(|line| !line.starts_with("   ")) {
        let name = line.split_whitespace().next().expect("a name");
        assert!(plain.contains(&format!("sockspec {name}\"")), "{name}");
    }
    assert!(plain.contains("--min-score"), "{plain}");
}
