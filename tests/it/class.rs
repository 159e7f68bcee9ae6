//! `sockspec class`: from saved grades, whoever wrote them, to the table of a class.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use rstest::rstest;
use tempfile::TempDir;

use crate::SOCKSPEC;

/// Saved grades in a folder: that of the embedded server, and of a flawed one under two names.
struct Grades {
    folder: TempDir,
}

impl Grades {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let grades = Grades { folder };
        let format = |name: &str| format!("json={}", grades.path(name).display());
        let (right, wrong) = (format("amina.json"), format("=béa.json"));
        let cases = ["--case", "known-keys*", "--effort", "quick", "--lang", "en"];
        let done = SOCKSPEC.run(&[&["grade", "kv", "--format", &right], &cases[..]].concat());
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        let run = format!(
            "{} serve kv --port {{port}} --flaw one-recv-one-message",
            SOCKSPEC.program().display()
        );
        let command = ["grade", "kv", "--run", &run, "--format", &wrong];
        let done = SOCKSPEC.run(&[&command, &cases[..]].concat());
        assert_eq!(done.status.code(), Some(1), "{done:?}");
        fs::copy(grades.path("=béa.json"), grades.path("chen.json")).expect("it is copied");
        grades
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The command over these files of the folder, run in it.
    fn class(&self, files: &[&str], more: &[&str]) -> Output {
        let mut command = SOCKSPEC.command();
        command.current_dir(self.folder.path()).arg("class");
        command.args(files).args(more).args(["--lang", "en"]);
        command.output().expect("it runs")
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("it is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("it is UTF-8")
}

const ALL: [&str; 3] = ["amina.json", "=béa.json", "chen.json"];

#[test]
fn a_class_is_put_into_one_table() {
    let grades = Grades::new();
    let done = grades.class(&ALL, &["--link", "reports/{path}.html"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let said = stdout(&done);
    assert!(said.contains("3 students were graded"), "{said}");
    assert!(said.contains("[amina](<reports/amina.html>)"), "{said}");
    let mistake = said.lines().find(|line| line.contains("one whole message"));
    let mistake = mistake.expect("the mistake is named");
    assert!(mistake.contains("2 students"), "{mistake}");
    assert!(
        mistake.contains("%3Db%C3%A9a.html") && mistake.contains("chen"),
        "{mistake}"
    );
}

#[test]
fn a_class_is_written_to_files() {
    let grades = Grades::new();
    let formats = ["html", "csv", "markdown", "moodle-csv"];
    let items: Vec<String> = formats.map(|one| format!("{one}=class.{one}")).to_vec();
    let more: Vec<&str> = items.iter().flat_map(|item| ["--format", item]).collect();
    let done = grades.class(&ALL, &[&more[..], &["--scale", "20"]].concat());
    assert_eq!(
        (done.status.code(), stdout(&done)),
        (Some(0), String::new()),
        "{done:?}"
    );
    let read = |form: &str| {
        let text = fs::read_to_string(grades.path(&format!("class.{form}")));
        text.expect("it is written")
    };
    assert!(read("html").contains("default-src 'none'"));
    assert_eq!(read("csv").lines().count(), 4);
    let moodle = read("moodle-csv");
    assert!(
        moodle.contains("\namina,20.00,") && moodle.contains("\n\"'=béa\","),
        "{moodle}"
    );
}

fn long(path: &Path) {
    let file = fs::File::create(path).expect("it is made");
    // A hole: nothing is written.
    file.set_len(1 << 40).expect("it is long");
}

#[rstest]
#[case::missing(|_: &Path| (), "`bad.json` cannot be read")]
#[case::empty(|path: &Path| fs::write(path, "").unwrap_or_default(), "`bad.json` is not a saved grade")]
#[case::no_json(|path: &Path| fs::write(path, b"\x00\xff\x1b[2J").unwrap_or_default(), "`bad.json` is not a saved grade")]
#[case::deep(|path: &Path| fs::write(path, "[".repeat(1 << 20)).unwrap_or_default(), "`bad.json` is not a saved grade")]
#[case::another_version(|path: &Path| fs::write(path, r#"{"schema": "sockspec.grade/2"}"#).unwrap_or_default(), "says that it is `sockspec.grade/2`")]
#[case::a_folder(|path: &Path| fs::create_dir(path).unwrap_or_default(), "`bad.json` is not a file")]
#[case::a_device(|path: &Path| symlink("/dev/zero", path).unwrap_or_default(), "`bad.json` is not a file")]
#[case::a_pipe(|path: &Path| { Command::new("mkfifo").arg(path).status().expect("there is mkfifo"); }, "`bad.json` is not a file")]
#[case::a_huge_file(long, "`bad.json` cannot be read: 64 MiB")]
fn what_is_no_grade_is_told_and_the_others_are_shown(#[case] make: fn(&Path), #[case] said: &str) {
    let grades = Grades::new();
    make(&grades.path("bad.json"));
    let done = grades.class(&["amina.json", "bad.json"], &["--format", "markdown"]);
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    assert!(stderr(&done).contains(said), "{}", stderr(&done));
    let table = stdout(&done);
    assert!(
        table.contains("| amina |") && table.contains("bad\\.json"),
        "{table}"
    );
    let done = grades.class(&["bad.json"], &["--format", "html=class.html"]);
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    assert!(!grades.path("class.html").exists());
    // A saved grade is rendered under the same rules.
    let path = grades.path("bad.json").display().to_string();
    let done = SOCKSPEC.run(&["report", &path, "--lang", "en"]);
    assert_eq!(
        (done.status.code(), stdout(&done)),
        (Some(2), String::new())
    );
}

#[test]
fn a_grade_with_raised_points_is_told() {
    let grades = Grades::new();
    let text = fs::read_to_string(grades.path("=béa.json")).expect("it is there");
    let mut document: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    document["score"]["points"] = document["score"]["max"].clone();
    fs::write(grades.path("raised.json"), document.to_string()).expect("it is written");
    let done = grades.class(&["amina.json", "raised.json"], &["--format", "csv"]);
    assert_eq!(done.status.code(), Some(2), "{done:?}");
    assert!(
        stderr(&done).contains("its points are not the sum"),
        "{done:?}"
    );
    assert!(stdout(&done).contains("raised,,,,,,"), "{}", stdout(&done));
}

#[test]
fn two_students_whose_files_have_one_name_are_both_there() {
    let grades = Grades::new();
    for folder in ["x", "y"] {
        fs::create_dir(grades.path(folder)).expect("it is made");
        let to = grades.path(&format!("{folder}/grade.json"));
        fs::copy(grades.path("amina.json"), to).expect("it is copied");
    }
    let files = [
        "x/grade.json",
        "y/grade.json",
        "x/grade.json",
        "../x/../amina.json",
    ];
    let done = grades.class(&files[..2], &["--format", "csv"]);
    let table = stdout(&done);
    assert!(
        table.contains("\nx/grade,") && table.contains("\ny/grade,"),
        "{table}"
    );
    // One file twice is one student.
    let done = grades.class(&files[..3], &["--format", "csv"]);
    assert_eq!(stdout(&done), table);
}

#[rstest]
#[case::script(&["--link", "javascript:{name}"], "is no address of a page")]
#[case::format(&["--format", "pdf"], "There are: html, csv, markdown, moodle-csv")]
#[case::scale(&["--scale", "x"], "is no scale of grades")]
fn what_cannot_be_asked_is_told(#[case] more: &[&str], #[case] said: &str) {
    let grades = Grades::new();
    let done = grades.class(&["amina.json"], more);
    assert_eq!(
        (done.status.code(), stdout(&done)),
        (Some(2), String::new()),
        "{done:?}"
    );
    assert!(stderr(&done).contains(said), "{}", stderr(&done));
}
