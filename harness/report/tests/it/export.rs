//! Formats for course platforms and pipelines.

use proptest::prelude::*;
use sockspec_case::grade::Grade;
use sockspec_report::{Format, Lang, Options, for_students, moodle_gradebook, render, to_wire};

use crate::fixture;

fn export(format: Format, grade: &Grade) -> String {
    let options = Options {
        spec_path: Some("specs/kv.toml".into()),
        subject: Some("amina@univ.example".into()),
        ..Options::default()
    };
    String::from_utf8(render(format, grade, &options)).unwrap()
}

fn parsed(format: Format, grade: &Grade) -> serde_json::Value {
    serde_json::from_str(&export(format, grade)).unwrap()
}

/// The formats that have snapshots in modules of their own.
const ELSEWHERE: [Format; 4] = [Format::Terminal, Format::Json, Format::Junit, Format::Html];

#[test]
fn a_perfect_a_failing_and_a_hostile_grade_in_each_format() {
    for (kind, grade) in [
        ("perfect", fixture::perfect()),
        ("failing", fixture::failing()),
        ("hostile", fixture::hostile()),
    ] {
        for format in Format::ALL.iter().filter(|one| !ELSEWHERE.contains(one)) {
            let name = format!("{kind}-{}", format.as_str());
            let written = match format {
                Format::GithubClassroom => format!("{:#}", classroom(&grade)),
                _ => export(*format, &grade),
            };
            let version = (r#""version":"[0-9.]+""#, r#""version":"[version]""#);
            insta::with_settings!({ filters => [version] }, {
                insta::assert_snapshot!(name, written);
            });
        }
    }
}

fn classroom(grade: &Grade) -> serde_json::Value {
    let line = export(Format::GithubClassroom, grade);
    let text = line.trim().strip_prefix("result=").unwrap();
    serde_json::from_slice(&decoded(text)).unwrap()
}

#[test]
fn gradescope_hides_hidden_cases_itself() {
    let document = parsed(Format::Gradescope, &fixture::failing());
    let tests = document["tests"].as_array().unwrap();
    assert_eq!(tests.len(), fixture::failing().cases.len());
    let secret = |test: &&serde_json::Value| test["name"].as_str().unwrap().contains("secret");
    let hidden: Vec<_> = tests.iter().filter(secret).collect();
    assert_eq!(hidden.len(), 1);
    assert_eq!(hidden[0]["visibility"], "hidden");
    let seen: Vec<_> = tests
        .iter()
        .filter(|test| test["visibility"] == "visible")
        .collect();
    assert!(!format!("{seen:?} {}", document["output"]).contains("secret"));
    let sum: u64 = tests
        .iter()
        .map(|test| test["score"].as_u64().unwrap())
        .sum();
    assert_eq!(sum, document["score"].as_u64().unwrap());
}

#[test]
fn every_test_of_github_classroom_has_its_score_and_they_sum_up() {
    let document = classroom(&fixture::failing());
    let tests = document["tests"].as_array().unwrap();
    let sum: u64 = tests
        .iter()
        .map(|test| test["score"].as_u64().unwrap())
        .sum();
    assert_eq!(sum, u64::from(fixture::failing().points()));
    assert_eq!(document["max_score"], fixture::failing().max());
}

/// What is written in base64.
pub fn decoded(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits: Vec<u32> = text
        .chars()
        .filter_map(|c| ALPHABET.find(c))
        .map(|at| u32::try_from(at).unwrap())
        .collect();
    let mut bytes = Vec::new();
    for four in digits.chunks(4) {
        let bits = (0..4).fold(0, |bits, place| {
            bits << 6 | four.get(place).copied().unwrap_or(0)
        });
        bytes.extend(&bits.to_be_bytes()[1..four.len()]);
    }
    bytes
}

#[test]
fn what_could_not_be_judged_costs_no_attempt() {
    let mut grade = fixture::perfect();
    for case in &mut grade.cases {
        case.status = sockspec_case::grade::Status::Inconclusive;
    }
    assert_eq!(parsed(Format::Prairielearn, &grade)["gradable"], false);
    assert!(!export(Format::Vpl, &grade).contains("Grade"));
    assert_eq!(
        export(Format::MoodleCsv, &grade)
            .lines()
            .last()
            .unwrap()
            .split(',')
            .nth(1),
        Some("")
    );
}

#[test]
fn a_class_for_moodle_has_one_row_a_student_and_the_scale_of_the_course() {
    let seen = |grade: &Grade| for_students(to_wire(grade, Lang::Fr), false);
    let (good, bad) = (seen(&fixture::perfect()), seen(&fixture::failing()));
    insta::assert_snapshot!(
        moodle_gradebook(&[("a@univ.example", &good), ("=b@univ.example", &bad)], "20".parse().ok()),
        @r#"
    useremail,Clé et valeur (kv),Feedback: Clé et valeur (kv)
    a@univ.example,"20,00",Note : 4 sur 4  (2 réussis)
    "'=b@univ.example","4,00","Note : 4 sur 20  (1 réussi, 1 accepté, 6 échecs, 2 bloqués, 2 omis, 1 indécis) 1 cas n’est pas montré."
    "#
    );
}

/// The cells of comma-separated values.
pub fn rows(csv: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        let mut rest = line.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '"' if quoted && rest.next_if_eq(&'"').is_some() => {
                    cells.last_mut().unwrap().push('"')
                }
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        assert!(!quoted, "{line}");
        cells
    };
    csv.lines().map(cells).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_that_was_sent_is_taken_for_a_word_of_the_format(
        at in 0..3_usize, more: String, bytes: Vec<u8>,
    ) {
        let text = match at {
            0 => more,
            1 => format!("{}{more}", fixture::ATTACK),
            _ => format!("{more}\n{}", fixture::ATTACK),
        };
        let mut sent = text.as_bytes().to_vec();
        sent.extend(&bytes);
        let grade = fixture::hostile_with(&text, &sent);

        let vpl = export(Format::Vpl, &grade);
        let said: Vec<&str> = vpl.lines().filter_map(|line| line.strip_prefix("Grade :=>>")).collect();
        prop_assert_eq!(said, vec![grade.points().to_string()]);
        prop_assert_eq!((vpl.matches("<|--").count(), vpl.matches("--|>").count()), (1, 1));

        let github = export(Format::Github, &grade);
        prop_assert_eq!(github.lines().filter(|line| line.starts_with("::notice ")).count(), 1);
        for line in github.lines() {
            prop_assert!(line.starts_with("::error file=specs/kv.toml,title=") || line.starts_with("::notice "));
            let head = line[2..].split("::").next().unwrap();
            prop_assert_eq!(head.matches(',').count(), 1, "{}", line);
        }

        let tap = export(Format::Tap, &grade);
        let test = |line: &&str| line.starts_with("ok ") || line.starts_with("not ok ");
        prop_assert_eq!(tap.lines().filter(test).count(), grade.cases.len());
        for line in tap.lines().skip(2) {
            let known = ["ok ", "not ok ", "  ", "# "];
            prop_assert!(known.iter().any(|start| line.starts_with(start)), "{}", line);
        }

        for format in [Format::Csv, Format::MoodleCsv] {
            let rows = rows(&export(format, &grade));
            for row in &rows {
                prop_assert_eq!(row.len(), rows[0].len(), "{:?}", row);
                for cell in row {
                    prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{}", cell);
                }
            }
        }

        let mut fence: Option<String> = None;
        for line in export(Format::Markdown, &grade).lines() {
            let ticks: String = line.chars().take_while(|c| *c == '`').collect();
            match &fence {
                Some(open) if line == open => fence = None,
                Some(_) => {}
                None if ticks.len() >= 3 => fence = Some(ticks),
                None => {
                    let line = line.replace("<!-- -->", "");
                    prop_assert!(!line.contains('<') && !line.contains("!["), "{}", line);
                    prop_assert!(!line.contains("http:"), "{}", line);
                }
            }
        }
        prop_assert_eq!(fence, None);

        for line in export(Format::Ndjson, &grade).lines() {
            serde_json::from_str::<serde_json::Value>(line).unwrap();
        }
        for format in Format::ALL {
            let out = export(*format, &grade);
            prop_assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{}", format.as_str());
            prop_assert!(!out.contains(['\u{202e}', '\u{2028}']), "{}", format.as_str());
        }
    }
}

#[test]
fn an_unknown_format_gets_the_nearest_name() {
    assert_eq!("JUnit".parse(), Ok(Format::Junit));
    for format in Format::ALL {
        assert_eq!(format.as_str().parse(), Ok(*format));
    }
    insta::assert_snapshot!(
        "junitxml".parse::<Format>().unwrap_err(),
        @"`junitxml` is not a format; did you mean `junit`?"
    );
}
