//! Menus: the reference passes everything, each flawed one fails what it should, and so do those that students would
//! write.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use sockspec_tests::Grade;

use crate::{ROOT, SOCKSPEC};

/// What each flaw fails, and the cause that the report names first.
const TABLE: &[(&str, &str, &[&str])] = &[
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

/// A case that only goes on where another ended.
const UNPROVED: &[&str] = &["end-after-wrong-choice"];

#[derive(Debug, Deserialize)]
struct Manifest {
    menu: Vec<Menu>,
}

#[derive(Debug, Deserialize)]
struct Menu {
    file: String,
    build: Option<String>,
    run: String,
    needs: Vec<String>,
    cause: Option<String>,
}

fn grade(command: &str, options: &[&str]) -> Grade {
    SOCKSPEC.grade_run("menu", command, options).grade
}

fn reference(flaw: Option<&str>) -> String {
    let flaw = flaw.map(|flaw| format!(" --flaw {flaw}"));
    let program = SOCKSPEC.program().display();
    format!("'{program}' serve menu{}", flaw.unwrap_or_default())
}

#[test]
fn the_reference_passes_strictly() {
    let program = SOCKSPEC.program().display();
    let menu = format!("'{program}' menu --lang fr");
    for command in [reference(None), menu] {
        let grade = grade(&command, &["--strict"]);
        assert_eq!(grade.not_passed(), "", "{command}");
    }
}

#[test]
fn each_flaw_fails_its_row_and_each_case_some_flaw() {
    let flaws = sockspec_flawed::menu_flaws();
    assert_eq!(flaws.len(), TABLE.len());
    let mut proved: BTreeSet<String> = UNPROVED.iter().map(|id| (*id).to_owned()).collect();
    for (flaw, row) in flaws.iter().zip(TABLE) {
        assert_eq!((flaw.name, flaw.cause), (row.0, row.1));
        let grade = grade(&reference(Some(flaw.name)), &[]);
        let failed: BTreeSet<&str> = grade.with_status("fail");
        let row: BTreeSet<&str> = row.2.iter().copied().collect();
        assert_eq!(failed, row, "{}: {}", flaw.name, grade.not_passed());
        assert_eq!(grade.first_cause(), Some(flaw.cause), "{}", flaw.name);
        proved.extend(failed.iter().map(|id| (*id).to_owned()));
    }
    let all: BTreeSet<String> = grade(&reference(None), &[])
        .cases
        .iter()
        .map(|case| case.id.clone())
        .collect();
    assert_eq!(all, proved);
}

#[test]
fn menus_of_students_are_judged_as_they_should() {
    let path = format!("{ROOT}/tests/students/menu/manifest.toml");
    let text = std::fs::read_to_string(path).expect("the manifest can be read");
    let manifest: Manifest = toml::from_str(&text).expect("the manifest is right");
    let folder = tempfile::tempdir().expect("a folder");
    for menu in manifest.menu {
        let path = std::env::var("PATH").unwrap_or_default();
        let is_there = |program: &String| {
            path.split(':')
                .any(|folder| Path::new(folder).join(program).is_file())
        };
        if let Some(missing) = menu.needs.iter().find(|one| !is_there(one)) {
            println!("skipped: {} needs {missing}", menu.file);
            continue;
        }
        let source = format!("{ROOT}/tests/students/menu/{}", menu.file);
        let out = folder.path().join(menu.file.replace(['/', '.'], "-"));
        let fill = |text: &str| {
            let text = text.replace("{file}", &source);
            text.replace("{out}", &out.display().to_string())
        };
        if let Some(build) = &menu.build {
            let built = Command::new("sh").args(["-c", &fill(build)]).status();
            assert!(built.is_ok_and(|status| status.success()), "{build}");
        }
        let grade = grade(&fill(&menu.run), &[]);
        assert_eq!(
            grade.first_cause(),
            menu.cause.as_deref(),
            "{}: {}",
            menu.file,
            grade.not_passed()
        );
        assert_eq!(grade.not_passed().is_empty(), menu.cause.is_none());
    }
}
