//! Whole programs, to which nobody connects: the reference passes everything, each flawed one fails what it should,
//! and so do those that students would write.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use rstest::rstest;
use serde::Deserialize;
use sockspec_tests::Grade;

use crate::{ROOT, SOCKSPEC};

/// A flaw, the cause that the report names first, and what it fails.
type Row = (&'static str, &'static str, &'static [&'static str]);

const MENU: &[Row] = &[
    ("no-numbers", "line-not-shown", &["lists", "quits"]),
    (
        "dies-on-letters",
        "choice-not-checked",
        &["wrong-choice", "wrong-choices"],
    ),
    (
        "dies-on-large-number",
        "choice-not-checked",
        &["wrong-choice", "wrong-choices"],
    ),
    (
        "ends-on-wrong-choice",
        "choice-not-checked",
        &["wrong-choice", "wrong-choices"],
    ),
    ("dies-on-empty-line", "choice-not-checked", &["empty-line"]),
    (
        "forgets-list",
        "choice-not-checked",
        &["wrong-choice", "wrong-choices"],
    ),
    ("does-not-quit", "leaves-wrongly", &["quits"]),
    ("quits-with-one", "leaves-wrongly", &["quits"]),
    ("spins-at-end", "leaves-wrongly", &["end-of-input"]),
    ("dies-at-end", "leaves-wrongly", &["end-of-input"]),
];

const PORTS: &[Row] = &[
    ("network-order", "port-not-converted", ALL_PORTS),
    ("shows-zero", "port-not-bound", ALL_PORTS),
    (
        "same-port-twice",
        "port-not-bound",
        &["tcp-port", "both-ports"],
    ),
    ("closes-first", "port-not-bound", ALL_PORTS),
    ("chooses-itself", "port-not-bound", ALL_PORTS),
    ("only-udp", "line-not-shown", &["tcp-port", "both-ports"]),
    ("numbers-only", "line-not-shown", ALL_PORTS),
    (BY_CHANCE, "port-not-bound", &["both-ports"]),
];

/// Whether its first socket is closed already when it is looked for the first time is chance.
const BY_CHANCE: &str = "closes-at-last";

const ALL_PORTS: &[&str] = &["udp-port", "tcp-port", "both-ports"];

#[derive(Debug, Deserialize)]
struct Manifest {
    program: Vec<Program>,
}

#[derive(Debug, Deserialize)]
struct Program {
    file: String,
    build: Option<String>,
    run: String,
    needs: Vec<String>,
    cause: Option<String>,
}

fn reference(exercise: &str, flaw: Option<&str>) -> String {
    let flaw = flaw.map(|flaw| format!(" --flaw {flaw}"));
    let program = SOCKSPEC.program().display();
    format!("'{program}' serve {exercise}{}", flaw.unwrap_or_default())
}

fn grade(exercise: &str, command: &str, options: &[&str]) -> Grade {
    SOCKSPEC.grade_run(exercise, command, options).grade
}

#[rstest]
fn the_reference_passes_strictly(#[values("menu", "ephemeral-ports")] exercise: &str) {
    let command = reference(exercise, None);
    let grade = grade(exercise, &command, &["--strict"]);
    assert_eq!(grade.not_passed(), "", "{command}");
}

#[test]
fn the_menu_of_the_command_passes_strictly() {
    let program = SOCKSPEC.program().display();
    let command = format!("'{program}' menu --lang fr");
    let grade = grade("menu", &command, &["--strict"]);
    assert_eq!(grade.not_passed(), "", "{command}");
}

#[rstest]
#[case::menu("menu", MENU, &["end-after-wrong-choice"])]
#[case::ports("ephemeral-ports", PORTS, &[])]
fn each_flaw_fails_its_row_and_each_case_some_flaw(
    #[case] exercise: &str,
    #[case] table: &[Row],
    // A case that only goes on where another ended.
    #[case] unproved: &[&str],
) {
    let flaws = sockspec_flawed::standalone_flaws().filter(|flaw| flaw.exercise == exercise);
    let flaws: Vec<_> = flaws.collect();
    assert_eq!(flaws.len(), table.len());
    let mut proved: BTreeSet<String> = unproved.iter().map(|id| (*id).to_owned()).collect();
    for (flaw, row) in flaws.iter().zip(table) {
        assert_eq!((flaw.name, flaw.cause), (row.0, row.1));
        let grade = grade(exercise, &reference(exercise, Some(flaw.name)), &[]);
        let failed: BTreeSet<&str> = grade.with_status("fail");
        let row: BTreeSet<&str> = row.2.iter().copied().collect();
        let is_as_told = match flaw.name {
            BY_CHANCE => row.is_subset(&failed),
            _ => row == failed,
        };
        assert!(is_as_told, "{}: {}", flaw.name, grade.not_passed());
        assert_eq!(grade.first_cause(), Some(flaw.cause), "{}", flaw.name);
        proved.extend(failed.iter().map(|id| (*id).to_owned()));
    }
    let all: BTreeSet<String> = grade(exercise, &reference(exercise, None), &[])
        .cases
        .iter()
        .map(|case| case.id.clone())
        .collect();
    assert_eq!(all, proved);
}

#[rstest]
fn programs_of_students_are_judged_as_they_should(
    #[values("menu", "ephemeral-ports")] exercise: &str,
) {
    let students = format!("{ROOT}/tests/students/{exercise}");
    let text = std::fs::read_to_string(format!("{students}/manifest.toml"));
    let manifest: Manifest =
        toml::from_str(&text.expect("the manifest can be read")).expect("the manifest is right");
    let folder = tempfile::tempdir().expect("a folder");
    for program in manifest.program {
        let path = std::env::var("PATH").unwrap_or_default();
        let is_there = |program: &String| {
            path.split(':')
                .any(|folder| Path::new(folder).join(program).is_file())
        };
        if let Some(missing) = program.needs.iter().find(|one| !is_there(one)) {
            println!("skipped: {} needs {missing}", program.file);
            continue;
        }
        let source = format!("{students}/{}", program.file);
        let out = folder.path().join(program.file.replace(['/', '.'], "-"));
        let fill = |text: &str| {
            let text = text.replace("{file}", &source);
            text.replace("{out}", &out.display().to_string())
        };
        if let Some(build) = &program.build {
            let built = Command::new("sh").args(["-c", &fill(build)]).status();
            assert!(built.is_ok_and(|status| status.success()), "{build}");
        }
        let grade = grade(exercise, &fill(&program.run), &[]);
        assert_eq!(
            grade.first_cause(),
            program.cause.as_deref(),
            "{}: {}",
            program.file,
            grade.not_passed()
        );
        let passed = grade.with_status("fail").is_empty();
        assert_eq!(
            passed,
            program.cause.is_none(),
            "{}: {}",
            program.file,
            grade.not_passed()
        );
    }
}
