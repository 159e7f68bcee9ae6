//! `sockspec fuzz`: what a search finds, what it writes, and what it leaves alone.

use std::path::{Path, PathBuf};
use std::process::Output;

use rstest::rstest;
use sockspec_tests::Server;
use tempfile::TempDir;

use crate::SOCKSPEC;

/// A search that ended.
struct Searched {
    code: Option<i32>,
    said: String,
    folder: TempDir,
}

impl Searched {
    /// Searches the server at an address with a fixed seed.
    fn new(exercise: &str, address: &str, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let out = folder.path().join("found").display().to_string();
        let mut arguments = vec!["fuzz", exercise, address, "--seed", "862", "--out", &out];
        arguments.extend(["--lang", "en"]);
        arguments.extend(options);
        let Output { status, stdout, .. } = SOCKSPEC.run(&arguments);
        Searched {
            code: status.code(),
            said: String::from_utf8_lossy(&stdout).into_owned(),
            folder,
        }
    }

    /// What it wrote, in the order of the names.
    fn files(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.folder.path().join("found")) else {
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = entries
            .map(|entry| entry.expect("it is there").path())
            .collect();
        files.sort();
        files
    }
}

fn grade(file: &Path, server: &Server) -> Option<i32> {
    let file = file.display().to_string();
    let graded = SOCKSPEC.run(&["grade", &file, server.address(), "--quiet"]);
    graded.status.code()
}

#[rstest]
#[case::messages("kv", "one-recv-one-message", "120", "one-recv-one-message")]
#[case::characters("echo-tcp", "split-character", "200", "split-character")]
fn what_a_search_finds_can_be_graded(
    #[case] exercise: &str,
    #[case] flaw: &str,
    #[case] cases: &str,
    #[case] cause: &str,
) {
    let flawed = SOCKSPEC.serve(exercise, Some(flaw), &[]);
    let right = SOCKSPEC.serve(exercise, None, &[]);
    let searched = Searched::new(exercise, flawed.address(), &["--cases", cases]);
    assert_eq!(searched.code, Some(1), "{}", searched.said);
    assert!(
        searched.said.contains(&format!("  {cause}  ")),
        "{}",
        searched.said
    );
    let files = searched.files();
    assert!(!files.is_empty());
    for file in &files {
        let name = file.display().to_string();
        assert!(searched.said.contains(&name), "{name}: {}", searched.said);
        assert_eq!(
            SOCKSPEC.run(&["check", &name]).status.code(),
            Some(0),
            "{name}"
        );
        assert_eq!(grade(file, &flawed), Some(1), "{name}");
        assert_eq!(grade(file, &right), Some(0), "{name}");
        // What is left is as small as an example on a sheet.
        let text = std::fs::read_to_string(file).expect("it can be read");
        let found = text.rsplit("dialogue = ").next().expect("there is one");
        assert!(found.lines().count() <= 8, "{found}");
    }
}

#[test]
fn what_kills_the_target_ends_the_search() {
    let server = SOCKSPEC.serve("kv", Some("dies-on-reset"), &[]);
    let searched = Searched::new("kv", server.address(), &["--cases", "2000"]);
    assert_eq!(searched.code, Some(1), "{}", searched.said);
    // Which of two mistakes it was cannot be told where the client also left bytes that are no text.
    let causes = ["  dies-on-reset  ", "  service-dies  "];
    assert!(
        causes.iter().any(|cause| searched.said.contains(cause)),
        "{}",
        searched.said
    );
    assert!(
        searched.said.contains("could not be replayed"),
        "{}",
        searched.said
    );
    assert!(
        searched.said.contains("serves nobody any more"),
        "{}",
        searched.said
    );
    let file = &searched.files()[0];
    // Whether the server reads before the reset comes is a race, so that the file need not fail again;
    // it must be one that can be graded.
    let another = SOCKSPEC.serve("kv", Some("dies-on-reset"), &[]);
    assert!(matches!(grade(file, &another), Some(0 | 1)));
}

#[rstest]
#[case::lines("kv", &[])]
#[case::bytes("upper-tcp", &["--dialect", "unicode"])]
#[case::datagrams("upper-udp", &["--dialect", "ascii"])]
#[case::a_script("mystery-number", &[])]
#[case::the_server_alone_speaks("time-tcp", &[])]
fn nothing_is_found_where_nothing_is_wrong(#[case] exercise: &str, #[case] options: &[&str]) {
    let server = SOCKSPEC.serve(exercise, None, options);
    let searched = Searched::new(exercise, server.address(), &["--cases", "250"]);
    assert_eq!(searched.code, Some(0), "{}", searched.said);
    assert!(
        searched.said.contains("Nothing was found."),
        "{}",
        searched.said
    );
    assert_eq!(searched.files(), Vec::<PathBuf>::new());
}

#[test]
fn the_same_seed_finds_the_same() {
    let server = SOCKSPEC.serve("kv", Some("one-recv-one-message"), &[]);
    let names = || -> Vec<Option<std::ffi::OsString>> {
        let searched = Searched::new("kv", server.address(), &["--cases", "40"]);
        let files = searched.files();
        files
            .iter()
            .map(|file| file.file_name().map(Into::into))
            .collect()
    };
    let first = names();
    assert!(!first.is_empty());
    assert_eq!(first, names());
}

#[test]
fn a_search_ends_in_time() {
    let searched = Searched::new(
        "echo-udp",
        SOCKSPEC.serve("echo-udp", None, &[]).address(),
        &["--seconds", "1"],
    );
    assert_eq!(searched.code, Some(0), "{}", searched.said);
}

#[test]
fn nobody_there_is_nothing_to_search() {
    // Bound, not listening: nobody else gets the port meanwhile.
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None);
    let socket = socket.expect("a socket");
    let any = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    socket.bind(&any.into()).expect("a port is free");
    let address = socket.local_addr().expect("it is bound");
    let address = address.as_socket().expect("it is IPv4").to_string();
    let searched = Searched::new("kv", &address, &["--cases", "10"]);
    assert_eq!((searched.code, &*searched.said), (Some(3), ""));
    assert_eq!(
        SOCKSPEC.run(&["fuzz", "kv", "nowhere"]).status.code(),
        Some(2)
    );
    assert_eq!(
        SOCKSPEC.run(&["fuzz", "no-such-exercise"]).status.code(),
        Some(2)
    );
}

#[test]
fn the_summary_is_told_in_french_too() {
    let server = SOCKSPEC.serve("kv", Some("one-recv-one-message"), &[]);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let out = folder.path().display().to_string();
    let arguments = [
        "fuzz",
        "kv",
        server.address(),
        "--cases",
        "30",
        "--out",
        &out,
        "--lang",
        "fr",
    ];
    let said = SOCKSPEC.run(&arguments).stdout;
    let said = String::from_utf8_lossy(&said);
    assert!(
        said.contains("cas joués en ") && said.contains("graine 862."),
        "{said}"
    );
    assert!(
        said.contains("Pour le rejouer\u{a0}: sockspec grade "),
        "{said}"
    );
}
