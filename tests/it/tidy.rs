//! Rules of the house that a reader of the code relies on, as tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::ROOT;

/// Longest source file, in lines.
const MAX_LINES: usize = 800;

/// The folders of our crates.
const CRATES: [&str; 3] = ["harness", "servers", "tests"];

/// What students wrote, or write as students do, is not held to our rules.
const NOT_OURS: &str = "tests/students";

/// Rust files of our crates, by path from the root, with their text.
fn sources() -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    let mut folders: Vec<PathBuf> = CRATES
        .iter()
        .map(|folder| Path::new(ROOT).join(folder))
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            let name = path
                .strip_prefix(ROOT)
                .expect("it is below the root")
                .display()
                .to_string();
            if path.is_dir() {
                if name != NOT_OURS {
                    folders.push(path);
                }
            } else if name.ends_with(".rs") {
                sources.insert(
                    name,
                    fs::read_to_string(&path).expect("the file can be read"),
                );
            }
        }
    }
    assert!(sources.len() > 50, "the sources are not where they were");
    sources
}

/// Each crate's folder and the crates of ours that it depends on.
fn dependencies(table: &str) -> BTreeMap<String, BTreeSet<String>> {
    let manifest = |path: &Path| -> toml::Table {
        let text = fs::read_to_string(path).expect("the manifest can be read");
        text.parse().expect("the manifest is TOML")
    };
    let root = manifest(&Path::new(ROOT).join("Cargo.toml"));
    let members = root["workspace"]["members"]
        .as_array()
        .expect("members are listed");
    let members = members
        .iter()
        .map(|member| member.as_str().expect("a member is a path"));
    members
        .map(|member| {
            let crate_manifest = manifest(&Path::new(ROOT).join(member).join("Cargo.toml"));
            let names = match crate_manifest.get(table).and_then(toml::Value::as_table) {
                Some(table) => table.keys().cloned().collect(),
                None => BTreeSet::new(),
            };
            (member.to_owned(), names)
        })
        .collect()
}

/// The folder's package name.
fn package(member: &str) -> String {
    match member {
        "harness/cli" => "sockspec".to_owned(),
        other => format!("sockspec-{}", other.rsplit('/').next().unwrap_or(other)),
    }
}

#[test]
fn dependencies_go_downwards_only() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("harness/spec", &[][..]),
        ("harness/sockdiag", &[]),
        ("harness/case", &["sockspec-spec"]),
        (
            "harness/engine",
            &["sockspec-case", "sockspec-sockdiag", "sockspec-spec"],
        ),
        ("harness/report", &["sockspec-case", "sockspec-spec"]),
        (
            "harness/cli",
            &[
                "sockspec-case",
                "sockspec-engine",
                "sockspec-flawed",
                "sockspec-reference",
                "sockspec-report",
                "sockspec-spec",
            ],
        ),
        ("servers/kit", &[]),
        ("servers/reference", &["sockspec-kit"]),
        ("servers/flawed", &["sockspec-kit"]),
    ]);
    for (member, names) in dependencies("dependencies") {
        if member == "tests" {
            continue;
        }
        let Some(allowed) = allowed.get(member.as_str()) else {
            panic!("`{member}` is new: say here, and in ARCHITECTURE.md, what it may depend on");
        };
        let ours = names.iter().filter(|name| name.starts_with("sockspec"));
        let wrong: Vec<&String> = ours
            .filter(|name| !allowed.contains(&name.as_str()))
            .collect();
        assert!(wrong.is_empty(), "`{member}` must not depend on {wrong:?}");
    }
}

#[test]
fn servers_and_harness_meet_at_a_socket_only() {
    for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
        for (member, names) in dependencies(table) {
            let side = member.split('/').next().unwrap_or_default().to_owned();
            if member == "harness/cli" || side == "tests" {
                continue;
            }
            // Its benchmarks play against the reference server, at a socket.
            if member == "harness/engine" && table == "dev-dependencies" {
                continue;
            }
            let members = dependencies("dependencies");
            let others = members.keys().filter(|other| !other.starts_with(&side));
            let wrong: Vec<&String> = others
                .filter(|other| names.contains(&package(other)))
                .collect();
            assert!(wrong.is_empty(), "`{member}` has {wrong:?} in its {table}");
        }
    }
}

#[test]
fn pure_crates_have_no_runtime_and_no_sockets() {
    let runtimes = [
        "tokio",
        "socket2",
        "rustix",
        "libc",
        "mio",
        "nix",
        "signal-hook",
        "async-io",
    ];
    for (member, names) in dependencies("dependencies") {
        if ["harness/spec", "harness/case", "harness/report"].contains(&member.as_str()) {
            let wrong: Vec<_> = runtimes
                .iter()
                .filter(|name| names.contains(**name))
                .collect();
            assert!(wrong.is_empty(), "`{member}` depends on {wrong:?}");
        }
    }
    let io = [
        "std::net",
        "std::fs",
        "std::process",
        "std::thread",
        "std::os::unix",
        "Instant::now",
    ];
    let clock = ["SystemTime::now", "Timestamp::now", "Zoned::now"];
    for (name, text) in sources() {
        let pure = [
            "harness/spec/src/",
            "harness/case/src/",
            "harness/report/src/",
        ];
        if pure.iter().any(|folder| name.starts_with(folder)) && !is_test(&name) {
            let code = without_tests(&text);
            for word in io.iter().chain(&clock) {
                assert!(!code.contains(word), "{name} uses {word}");
            }
        }
    }
}

/// Whether a file is a test of its crate, by where it stands.
fn is_test(name: &str) -> bool {
    name.starts_with("tests/it")
        || name.contains("/tests/")
        || name.ends_with("/tests.rs")
        || name.contains("/benches/")
}

/// The text up to what is compiled for tests only, without comments.
fn without_tests(text: &str) -> String {
    let mut code = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let item = lines.peek().is_some_and(|next| next.ends_with('{'));
        if line == "#[cfg(test)]" && item {
            break;
        }
        if !line.trim_start().starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    code
}

#[test]
fn files_are_short() {
    for (name, text) in sources() {
        let lines = text.lines().count();
        assert!(
            lines <= MAX_LINES,
            "{name} has {lines} lines: split it by subject"
        );
    }
}

#[test]
fn every_file_says_what_it_is() {
    // A file of unit tests is introduced by its module.
    for (name, text) in sources()
        .into_iter()
        .filter(|(name, _)| !name.ends_with("/tests.rs"))
    {
        let first = text
            .lines()
            .find(|line| !line.is_empty() && !line.starts_with("#!["));
        let says = first.is_some_and(|line| line.starts_with("//! "));
        assert!(says, "{name} does not begin with a `//!` header");
    }
}

#[test]
fn nothing_is_left_unfinished() {
    // Put together, so that this file does not find itself.
    let words = ["todo!", "dbg!", "unimplemented!"].map(|word| format!("{word}("));
    let others = ["ignore]", "ignore ="].map(|word| format!("#[{word}"));
    let marks = ["TO", "FIX", "XX"]
        .iter()
        .zip(["DO", "ME", "X:"])
        .map(|(a, b)| format!("{a}{b}"));
    let forbidden: Vec<String> = words.into_iter().chain(others).chain(marks).collect();
    for (name, text) in sources() {
        for word in &forbidden {
            assert!(!text.contains(word.as_str()), "{name} holds `{word}`");
        }
    }
}

#[test]
fn nothing_sleeps_for_a_fixed_time() {
    let sleeps = ["thread", "time"].map(|module| format!("{module}::sleep("));
    for (name, text) in sources() {
        for sleep in &sleeps {
            let excused = text.contains("clippy::disallowed_methods");
            assert!(
                excused || !text.contains(sleep),
                "{name} sleeps: await an event instead"
            );
        }
    }
    let lints = fs::read_to_string(format!("{ROOT}/clippy.toml")).expect("it is there");
    for module in ["std::thread", "tokio::time"] {
        assert!(lints.contains(&format!("{module}::sleep")), "{module}");
    }
}

#[test]
fn unwrap_stays_in_tests() {
    let manifest = fs::read_to_string(format!("{ROOT}/Cargo.toml")).expect("it is there");
    assert!(
        manifest.contains("unwrap_used = \"warn\""),
        "the lint is off"
    );
    for (name, text) in sources() {
        if !is_test(&name) {
            assert!(
                !without_tests(&text).contains(".unwrap()"),
                "{name} unwraps"
            );
        }
    }
}

#[test]
fn every_crate_keeps_the_lints() {
    for member in dependencies("dependencies").keys() {
        let manifest =
            fs::read_to_string(format!("{ROOT}/{member}/Cargo.toml")).expect("it is there");
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{member} has lints of its own"
        );
    }
}

#[test]
fn the_map_names_every_crate() {
    let map = fs::read_to_string(format!("{ROOT}/ARCHITECTURE.md")).expect("it is there");
    for member in dependencies("dependencies").keys() {
        assert!(
            map.contains(&format!("| `{member}` |")),
            "ARCHITECTURE.md does not say what `{member}` is"
        );
    }
}

#[test]
fn the_map_leads_to_files_that_are_there() {
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = fs::read_to_string(format!("{ROOT}/{page}")).expect("it is there");
        let code = text.split('`').skip(1).step_by(2);
        let folders = ["harness/", "servers/", "specs/", "tests/", "ci/", ".ci/"];
        let paths = code.filter(|word| folders.iter().any(|folder| word.starts_with(folder)));
        for path in paths.filter(|path| {
            !path.contains(['*', ' ']) && !path.contains("EXERCISE") && !path.contains("ID")
        }) {
            assert!(
                Path::new(ROOT).join(path).exists(),
                "{page} names `{path}`, which is not there"
            );
        }
    }
}

#[test]
fn the_pipeline_is_a_program() {
    use std::os::unix::fs::PermissionsExt;
    let path = format!("{ROOT}/.ci/run");
    let mode = fs::metadata(&path)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o111, 0o111, ".ci/run cannot be executed");
    let text = fs::read_to_string(&path).expect("it is there");
    assert!(text.contains("set -euo pipefail"));
    for step in [
        "cargo fmt --all --check",
        "cargo clippy --workspace --all-targets -- -D warnings",
    ] {
        assert!(
            text.lines().any(|line| line == step),
            ".ci/run does not do `{step}`"
        );
    }
}

/// Every text of ours that readers see, code included.
#[test]
fn texts_stand_on_their_own() {
    let mut texts = sources();
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "deny.toml",
        "ci/README.md",
        "specs/NOTATION.md",
        "specs/README.md",
    ] {
        let text = fs::read_to_string(format!("{ROOT}/{page}")).expect("it is there");
        texts.insert(page.to_owned(), text);
    }
    // Notes that only those who wrote the code could read.
    let notes = [
        "/work/",
        "DESIGN.md",
        "STYLE.md",
        "PROTOCOLS.md",
        "FAULTS.md",
        "seeds/",
    ];
    for (name, text) in texts
        .iter()
        .filter(|(name, _)| !name.ends_with("it/tidy.rs"))
    {
        for word in notes {
            assert!(
                !text.contains(word),
                "{name} speaks of `{word}`, which is not in the repository"
            );
        }
    }
}
