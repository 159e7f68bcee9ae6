//! What a course platform gets: its scale, its student, and the cases that the reader may see.

use std::fs;
use std::path::PathBuf;

use rstest::rstest;
use tempfile::TempDir;

use crate::SOCKSPEC;

/// The embedded server of `kv` is graded, by a spec with a case of each visibility: it fails the hidden one.
const SPEC: &str = r#"
id = "kv"
title = { fr = "Clés", en = "Keys" }
summary = { fr = "Des clés.", en = "Keys." }
source = "our course"
transport = "tcp"
framing = "lines"
serving = "parallel"
port = 2056
control = "open-case"

[[case]]
id = "open-case"
level = 1
law = "protocol"
points = 2
clause = "1"
derive = []
title = { fr = "montré", en = "shown" }
dialogue = '''
C: fa
S: OK sill
'''

[[case]]
id = "covered-case"
level = 1
law = "protocol"
points = 1
clause = "2"
derive = []
visibility = "hidden"
title = { fr = "caché", en = "hidden" }
dialogue = '''
C: fa
S: an answer that no server gives
'''

[[case]]
id = "late-case"
level = 1
law = "protocol"
points = 1
clause = "3"
derive = []
visibility = "after-due"
title = { fr = "plus tard", en = "later" }
dialogue = '''
C: mi
S: OK lion
'''
"#;

struct Graded {
    folder: TempDir,
}

impl Graded {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("kv.toml"), SPEC).expect("it is written");
        Graded { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What `grade` with these arguments writes on stdout.
    fn grade(&self, arguments: &[&str]) -> String {
        let spec = self.path("kv.toml").display().to_string();
        let scripted = ["grade", &spec, "--case", "*-case", "--lang", "en"];
        let all = [&scripted, arguments].concat();
        let output = SOCKSPEC.run(&all);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stdout).expect("it is UTF-8")
    }
}

#[rstest]
#[case::points(&[], "Grade :=>>3")]
#[case::greatest(&["--scale", "10"], "Grade :=>>7.5")]
#[case::both(&["--scale", "-1..1"], "Grade :=>>0.5")]
fn vpl_counts_on_the_scale_of_the_course(#[case] more: &[&str], #[case] last: &str) {
    let said = Graded::new().grade(&[&["--format", "vpl"], more].concat());
    assert_eq!(said.lines().last(), Some(last), "{said}");
}

#[test]
fn the_gradebook_names_its_student() {
    let arguments = ["--format", "moodle-csv", "--student", "=amina@univ.example"];
    let said = Graded::new().grade(&arguments);
    let row = said.lines().nth(1).expect("a row");
    assert!(row.starts_with("\"'=amina@univ.example\",3.00,"), "{said}");
}

#[rstest]
#[case::students(&[], [true, false, false], "2 cases are not shown")]
#[case::after_the_deadline(&["--past-due"], [true, false, true], "1 case is not shown")]
#[case::teachers(&["--teacher"], [true, true, true], "")]
fn readers_see_what_they_may(#[case] more: &[&str], #[case] sees: [bool; 3], #[case] says: &str) {
    let graded = Graded::new();
    let saved = graded.path("grade.json").display().to_string();
    let format = format!("json={saved}");
    let said = graded.grade(&[&["--format", "terminal", "--format", &format], more].concat());
    let seen = ["open-case", "covered-case", "late-case"].map(|case| said.contains(case));
    assert_eq!(seen, sees, "{said}");
    assert!(said.contains(says), "{said}");
    let again = SOCKSPEC.run(&["report", &saved, "--format", "vpl", "--scale", "8"]);
    let again = String::from_utf8(again.stdout).expect("it is UTF-8");
    assert_eq!(again.lines().last(), Some("Grade :=>>6"), "{again}");
}

#[rstest]
fn what_is_no_scale_is_told(#[values("", "x", "10..0", "NaN", "1..2..3")] scale: &str) {
    let argument = format!("--scale={scale}");
    for arguments in [
        ["grade", "kv", &argument],
        ["report", "none.json", &argument],
    ] {
        let output = SOCKSPEC.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("--scale 0..10"), "{said}");
    }
}

/// Gradescope kills what takes too long: what was graded until then is there already.
#[test]
fn what_gradescope_gets_is_whole() {
    let graded = Graded::new();
    let file = graded.path("results.json");
    fs::write(&file, "{\"score\": 4}").expect("a stale result");
    let format = format!("gradescope={}", file.display());
    graded.grade(&["--format", &format]);
    let text = fs::read_to_string(&file).expect("it is written");
    let results: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(results["score"], 3);
    let names = fs::read_dir(graded.folder.path())
        .expect("the folder")
        .count();
    assert_eq!(names, 2, "a temporary file was left");
}
