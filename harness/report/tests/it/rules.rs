//! The rules of each format, as those who read it state them: checked on grades of every kind.

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::Value;
use sockspec_case::grade::{CaseResult, Grade};
use sockspec_report::{Format, Lang, Options, Scale, render};

use crate::export::{decoded, rows};
use crate::fixture;

/// Grades of every kind, by name.
fn grades() -> Vec<(&'static str, Grade)> {
    vec![
        ("perfect", fixture::perfect()),
        ("variants", fixture::with_variants()),
        ("failing", fixture::failing()),
        ("failed variants", fixture::with_failed_variants()),
        ("hostile", fixture::hostile()),
        ("lossy", fixture::lossy()),
        ("undecided", undecided()),
    ]
}

/// Nothing of it could be judged.
fn undecided() -> Grade {
    let mut grade = fixture::perfect();
    for case in &mut grade.cases {
        case.status = sockspec_case::grade::Status::Inconclusive;
    }
    grade
}

/// Many cases, each failing with as much text as there may be, all of it to be escaped.
fn endless() -> Grade {
    let attack = [&b"\\\"\xff`<&"[..]; 700].concat();
    let model = fixture::hostile_with(&"\\\"|`".repeat(30), &attack);
    let number = |number: usize| CaseResult {
        id: format!("case-{number}"),
        ..model.cases[0].clone()
    };
    Grade {
        cases: (0..150).map(number).collect(),
        ..model
    }
}

fn each(format: Format, check: impl Fn(&str, &Grade, &str)) {
    // Only some platforms limit what they read.
    let limited = [
        Format::GithubClassroom,
        Format::Prairielearn,
        Format::Markdown,
        Format::Github,
    ];
    let long = limited.contains(&format).then(|| ("endless", endless()));
    for (name, grade) in grades().into_iter().chain(long) {
        for lang in Lang::ALL {
            let options = Options {
                lang,
                spec_path: Some("specs/kv.toml".into()),
                subject: Some("amina@univ.example".into()),
                ..Options::default()
            };
            let written = String::from_utf8(render(format, &grade, &options)).unwrap();
            check(name, &grade, &written);
        }
    }
}

fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn has_only(value: &Value, known: &[&str], name: &str) {
    for key in value.as_object().unwrap().keys() {
        assert!(known.contains(&key.as_str()), "{name}: {key}");
    }
}

/// <https://testanything.org/tap-version-14-specification.html>
#[test]
fn tap_has_its_plan_first_and_numbered_tests() {
    let point = Regex::new(r"^(not )?ok ([0-9]+) - ((?:[^\\#]|\\[\\#])*)( # SKIP .*)?$").unwrap();
    let key = Regex::new(r#"^  [a-z]+: (".*")$"#).unwrap();
    each(Format::Tap, |name, grade, tap| {
        let mut lines = tap.lines();
        assert_eq!(lines.next(), Some("TAP version 14"), "{name}");
        let plan = lines.next().and_then(|line| line.strip_prefix("1.."));
        let plan: usize = plan.unwrap().parse().unwrap();
        let (mut tests, mut in_block, mut after_test) = (0, false, false);
        for line in lines {
            if in_block {
                in_block = line != "  ...";
                let value = key.captures(line).map(|found| found[1].to_owned());
                assert!(!in_block || document(&value.unwrap()).is_string(), "{line}");
            } else if line == "  ---" {
                assert!(after_test, "{name}: a block belongs to a test");
                in_block = true;
            } else if let Some(found) = point.captures(line) {
                tests += 1;
                assert_eq!(found[2].parse(), Ok(tests), "{name}");
            } else {
                assert!(line.starts_with("# "), "{name}: {line}");
            }
            after_test = line.starts_with("ok") || line.starts_with("not ok");
        }
        assert!(!in_block && tests == plan, "{name}");
        assert_eq!(
            tap.contains("\nnot ok"),
            grade.points() < grade.max(),
            "{name}"
        );
    });
}

/// VPL reads comments between marks that stand alone on a line, and the last line of a grade.
#[test]
fn vpl_has_one_comment_and_the_grade_last() {
    let grade_line = Regex::new("(?m)^Grade :=>>(.*)$").unwrap();
    each(Format::Vpl, |name, grade, vpl| {
        let lines: Vec<&str> = vpl.lines().collect();
        let marks = |mark: &str| lines.iter().filter(|line| **line == mark).count();
        assert_eq!((marks("<|--"), marks("--|>")), (1, 1), "{name}");
        assert_eq!(lines[0], "<|--", "{name}");
        let last = grade_line.captures_iter(vpl).last();
        let last = last.map(|found| found[1].to_owned());
        let earned = (grade.max() > 0).then(|| grade.points().to_string());
        assert_eq!(last, earned, "{name}");
        let end = lines.len() - usize::from(last.is_some()) - 1;
        assert_eq!(lines[end], "--|>", "{name}");
        assert!(!vpl.contains("Comment :=>>"), "{name}");
    });
}

#[test]
fn vpl_counts_on_the_scale_of_the_activity() {
    let graded = |grade: &Grade, scale: &str| {
        let options = Options {
            scale: scale.parse::<Scale>().ok(),
            ..Options::default()
        };
        let written = String::from_utf8(render(Format::Vpl, grade, &options)).unwrap();
        written.lines().last().unwrap().to_owned()
    };
    for (scale, perfect, failing) in [
        ("points", "4", "4"),
        ("10", "10", "2"),
        ("0..100", "100", "20"),
        ("1..6", "6", "2"),
        ("-3..0", "0", "-2.4"),
    ] {
        let grade = |earned: &str| format!("Grade :=>>{earned}");
        assert_eq!(
            graded(&fixture::perfect(), scale),
            grade(perfect),
            "{scale}"
        );
        assert_eq!(
            graded(&fixture::failing(), scale),
            grade(failing),
            "{scale}"
        );
    }
}

/// GitHub shows ten errors of a step; a command is a line, its properties end at `::`.
#[test]
fn github_gets_few_annotations_with_nothing_raw() {
    let annotation =
        Regex::new(r"^::(error|notice) file=specs/kv\.toml,title=([^:,]*)::(.*)$").unwrap();
    each(Format::Github, |name, _, github| {
        let count = |kind: &str| github.lines().filter(|line| line.starts_with(kind)).count();
        assert!(count("::error ") <= 10, "{name}");
        assert_eq!(count("::notice "), 1, "{name}");
        for line in github.lines() {
            assert!(annotation.is_match(line), "{name}: {line}");
        }
    });
}

/// The reporter decodes one line of output, which it gets through its environment, and adds the scores.
#[test]
fn github_classroom_can_pass_its_result_on() {
    each(Format::GithubClassroom, |name, grade, line| {
        // What Linux allows to one variable; its name takes a part.
        assert!(line.len() < 128 * 1024 - 256, "{name}: {}", line.len());
        let encoded = line
            .strip_prefix("result=")
            .and_then(|line| line.strip_suffix('\n'));
        let document: Value = serde_json::from_slice(&decoded(encoded.unwrap())).unwrap();
        assert_eq!(document["version"], 1, "{name}");
        let known = ["pass", "fail", "error"];
        assert!(
            known.contains(&document["status"].as_str().unwrap()),
            "{name}"
        );
        let mut sum = 0;
        for test in document["tests"].as_array().unwrap() {
            assert!(known.contains(&test["status"].as_str().unwrap()), "{name}");
            for text in ["name", "message", "test_code", "filename"] {
                assert!(test[text].is_string(), "{name}: {text}");
            }
            assert!(test["duration"].is_u64() && test["line_no"] == 0, "{name}");
            sum += test["score"].as_u64().unwrap();
        }
        assert_eq!(
            (sum, &document["max_score"]),
            (grade.points().into(), &grade.max().into())
        );
    });
}

/// <https://gradescope-autograders.readthedocs.io/en/latest/specs/>
#[test]
fn gradescope_knows_every_word() {
    const FORMATS: [&str; 5] = ["text", "html", "simple_format", "md", "ansi"];
    const VISIBILITIES: [&str; 4] = ["hidden", "after_due_date", "after_published", "visible"];
    each(Format::Gradescope, |name, grade, text| {
        let document = document(text);
        has_only(
            &document,
            &[
                "score",
                "execution_time",
                "output",
                "output_format",
                "test_output_format",
                "test_name_format",
                "visibility",
                "stdout_visibility",
                "tests",
            ],
            name,
        );
        assert_eq!(document["score"], grade.points(), "{name}");
        for format in ["output_format", "test_output_format", "test_name_format"] {
            assert!(
                FORMATS.contains(&document[format].as_str().unwrap()),
                "{name}"
            );
        }
        let tests = document["tests"].as_array().unwrap();
        assert_eq!(tests.len(), grade.cases.len(), "{name}");
        for test in tests {
            has_only(
                test,
                &[
                    "score",
                    "max_score",
                    "status",
                    "name",
                    "number",
                    "output",
                    "tags",
                    "visibility",
                ],
                name,
            );
            let visibility = test["visibility"].as_str().unwrap();
            assert!(VISIBILITIES.contains(&visibility), "{name}");
            assert!(
                test["score"].as_u64() <= test["max_score"].as_u64(),
                "{name}"
            );
            let status = test.get("status").map(|status| status.as_str().unwrap());
            assert!(
                [None, Some("passed"), Some("failed")].contains(&status),
                "{name}"
            );
            assert!(
                test["name"].is_string() && test["output"].is_string(),
                "{name}"
            );
        }
    });
}

/// PrairieLearn takes a score from 0 to 1, points on every test, and at most a megabyte.
#[test]
fn prairielearn_gets_a_share_and_points_everywhere() {
    each(Format::Prairielearn, |name, grade, text| {
        assert!(text.len() < 1_000_000, "{name}: {}", text.len());
        let document = document(text);
        if grade.max() == 0 {
            assert_eq!(document["gradable"], false, "{name}");
            assert!(document["format_errors"][0].is_string(), "{name}");
            return;
        }
        let score = document["score"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&score), "{name}");
        for test in document["tests"].as_array().unwrap() {
            has_only(
                test,
                &["name", "points", "max_points", "message", "output"],
                name,
            );
            assert!(
                test["points"].as_u64() <= test["max_points"].as_u64(),
                "{name}"
            );
        }
    });
}

/// A step's summary holds at most a mebibyte.
#[test]
fn markdown_fits_in_a_summary_and_closes_what_it_opens() {
    each(Format::Markdown, |name, _, markdown| {
        assert!(markdown.len() < 1 << 20, "{name}: {}", markdown.len());
        let row = Regex::new(r"^\|(?:[^|\\]|\\.)*(?:\|(?:[^|\\]|\\.)*){4}\|$").unwrap();
        let rows = markdown.lines().filter(|line| line.starts_with('|'));
        for line in rows {
            assert!(row.is_match(line), "{name}: {line}");
        }
    });
}

/// RFC 4180, and no cell that a spreadsheet would calculate.
#[test]
fn tables_are_rectangular_and_hold_no_formula() {
    for format in [Format::Csv, Format::MoodleCsv] {
        each(format, |name, grade, csv| {
            let rows = rows(csv);
            // A header; the hidden case has a row that says only that there is one.
            let wanted = match format {
                Format::Csv => 1 + grade.cases.len(),
                _ => 2,
            };
            assert_eq!(rows.len(), wanted, "{name}");
            for row in &rows {
                assert_eq!(row.len(), rows[0].len(), "{name}: {row:?}");
                for cell in row {
                    let formula = cell.trim_start().starts_with(['=', '+', '-', '@']);
                    assert!(!formula, "{name}: {cell}");
                }
            }
        });
    }
}

fn hidden_cases(grade: &Grade) -> usize {
    let hidden = grade.cases.iter().filter(|case| case.id == "secret-case");
    hidden.count()
}

#[test]
fn ndjson_begins_with_the_grade_and_ends_with_its_sums() {
    each(Format::Ndjson, |name, grade, text| {
        let types: Vec<String> = text
            .lines()
            .map(|line| document(line)["type"].as_str().unwrap().to_owned())
            .collect();
        let (first, last) = (&types[0], types.last().unwrap());
        assert_eq!((first.as_str(), last.as_str()), ("grade", "end"), "{name}");
        let cases = types.iter().filter(|kind| *kind == "case").count();
        assert_eq!(cases, grade.cases.len() - hidden_cases(grade), "{name}");
        assert_eq!(types.len(), cases + 2, "{name}");
    });
}

/// GitLab drops a second test of the same name; both it and Jenkins count elements.
#[test]
fn junit_names_are_unique_and_its_counts_right() {
    each(Format::Junit, |name, grade, xml| {
        let report = quick_junit::Report::deserialize_from_str(xml).unwrap();
        let suite = &report.test_suites[0];
        let names: BTreeSet<_> = suite
            .test_cases
            .iter()
            .map(|case| (case.classname.clone(), case.name.clone()))
            .collect();
        let shown = grade.cases.len() - hidden_cases(grade);
        assert_eq!(names.len(), shown, "{name}");
        assert_eq!(xml.matches("<testcase ").count(), shown, "{name}");
        assert_eq!(xml.matches("<failure ").count(), suite.failures, "{name}");
    });
}
