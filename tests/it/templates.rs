//! The pipeline templates of `ci/`: their shell is run, as the platform would, with a server that is right.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use regex::Regex;
use rstest::rstest;
use tempfile::TempDir;

use crate::{ROOT, SOCKSPEC};

/// What a student would have written: here, the reference.
const SERVER: &str = r#"
import os, sys
os.execvp("sockspec", ["sockspec", "serve", "kv", "--port", sys.argv[1]])
"#;

fn template(name: &str) -> String {
    fs::read_to_string(format!("{ROOT}/ci/{name}")).expect("the template is there")
}

/// A student's folder, on a machine where `sockspec` is installed.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new(submission: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let bin = folder.path().join(".sockspec/bin");
        fs::create_dir_all(&bin).expect("it is made");
        symlink(SOCKSPEC.program(), bin.join("sockspec")).expect("it is linked");
        let submission = folder.path().join(submission);
        fs::create_dir_all(&submission).expect("it is made");
        fs::write(submission.join("server.py"), SERVER).expect("it is written");
        Machine { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn read(&self, name: &str) -> String {
        let path = self.path().join(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// A shell in the folder, with what the template says of the environment.
    fn shell(&self, script: &str, environment: &[(String, String)]) -> Output {
        let old = std::env::var("PATH").unwrap_or_default();
        let bin = self.path().join(".sockspec/bin");
        let output = Command::new("bash")
            .args(["-e", "-c", script])
            .current_dir(self.path())
            .env("PATH", format!("{}:{old}", bin.display()))
            .env("AUTOGRADER", self.path())
            .env("GITHUB_OUTPUT", self.path().join("output"))
            .env("GITHUB_STEP_SUMMARY", self.path().join("step-summary"))
            .envs(environment.iter().cloned())
            .output();
        let output = output.expect("there is a bash");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{script}\n{said}");
        output
    }
}

/// The variables that a pipeline sets.
fn environment(text: &str) -> Vec<(String, String)> {
    let set = Regex::new(r#"(?m)^[- ]*(EXERCISE|RUN|MIN_SCORE): "?([^"\n]*)"?$"#).expect("a regex");
    let set = set.captures_iter(text);
    set.map(|one| (one[1].to_owned(), one[2].to_owned()))
        .collect()
}

/// The script of the step with this name: the block below `run:`.
fn step(text: &str, name: &str) -> String {
    let start = text.find(&format!("- name: {name}\n")).expect("the step");
    let mut lines = text[start..]
        .lines()
        .skip_while(|line| !line.contains("run:"));
    let run = lines.next().expect("it runs something");
    let indent = run.len() - run.trim_start().len();
    let block = lines.take_while(|line| line.len() - line.trim_start().len() > indent);
    let block: Vec<&str> = block.map(str::trim).collect();
    block.join(if run.ends_with('>') { " " } else { "\n" })
}

#[test]
fn github_actions_grades() {
    let (text, machine) = (template("github-actions.yml"), Machine::new(""));
    let environment = environment(&text);
    machine.shell(&step(&text, "Grade"), &environment);
    machine.shell(&step(&text, "Report"), &environment);
    assert!(machine.read("grade.json").contains("sockspec.grade/1"));
    assert!(machine.read("grade.html").contains("</html>"));
    assert!(!machine.read("step-summary").is_empty());
}

#[test]
fn github_classroom_gets_its_result() {
    let (text, machine) = (template("github-classroom.yml"), Machine::new(""));
    machine.shell(&step(&text, "Grade"), &environment(&text));
    let output = machine.read("output");
    assert!(output.starts_with("result="), "{output}");
    assert_eq!(output.lines().count(), 1);
    // The reporter looks for the variable of the runner's name, and the step has that id.
    for line in [
        "id: sockspec",
        "SOCKSPEC_RESULTS: ${{ steps.sockspec.outputs.result }}",
        "runners: sockspec",
    ] {
        assert!(text.contains(line), "{line}");
    }
}

#[test]
fn gitlab_gets_its_test_report() {
    let (text, machine) = (template("gitlab-ci.yml"), Machine::new(""));
    let line = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("- .sockspec"));
    let script = format!(".sockspec{}", line.expect("it grades"));
    machine.shell(&script, &environment(&text));
    assert!(machine.read("grade.xml").contains("<testsuite "));
}

#[test]
fn gradescope_gets_its_results() {
    let machine = Machine::new("submission");
    machine.shell(&template("gradescope/run_autograder"), &[]);
    let results: serde_json::Value =
        serde_json::from_str(&machine.read("results/results.json")).expect("it is JSON");
    assert!(results["score"].as_u64() > Some(0), "{results}");
}

#[test]
fn gradescope_gets_a_word_when_there_is_no_grade() {
    let machine = Machine::new("submission");
    let script = template("gradescope/run_autograder").replace("EXERCISE=kv", "EXERCISE=none");
    let script = format!("({script}) || test $? -eq 2");
    machine.shell(&script, &[]);
    let results: serde_json::Value =
        serde_json::from_str(&machine.read("results/results.json")).expect("it is JSON");
    assert!(
        results["output"]
            .as_str()
            .is_some_and(|said| said.contains("exit code 2"))
    );
}

#[test]
fn moodle_s_vpl_gets_its_grade_last() {
    let machine = Machine::new("");
    let environment =
        "export VPL_LANG=fr_FR.UTF-8\nexport VPL_GRADEMIN=0\nexport VPL_GRADEMAX=20.00000\n";
    fs::write(machine.path().join("vpl_environment.sh"), environment).expect("it is written");
    machine.shell(&template("moodle-vpl/vpl_evaluate.sh"), &[]);
    let output = machine.shell("./vpl_execution", &[]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.starts_with("<|--\nNote\u{a0}:"), "{said}");
    assert_eq!(said.lines().last(), Some("Grade :=>>20"), "{said}");
    machine.shell(&template("moodle-vpl/vpl_run.sh"), &[]);
    let output = machine.shell("./vpl_execution", &[]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("Serveur clé-valeur"), "{said}");
}

#[rstest]
fn each_template_says_what_a_teacher_changes(
    #[values(
        "github-actions.yml",
        "github-classroom.yml",
        "gitlab-ci.yml",
        "gradescope/setup.sh",
        "gradescope/run_autograder",
        "moodle-vpl/vpl_run.sh",
        "moodle-vpl/vpl_evaluate.sh",
        "Containerfile"
    )]
    name: &str,
) {
    let text = template(name).replace("\n# ", " ");
    assert!(text.contains("A teacher changes"), "{name}");
    if name.ends_with(".sh") || name.ends_with("autograder") {
        let path = format!("{ROOT}/ci/{name}");
        let checked = Command::new("bash").args(["-n", &path]).status();
        assert!(checked.expect("there is a bash").success());
    }
}
