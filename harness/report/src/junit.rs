//! JUnit XML, for pipelines and for graders that read it.
//!
//! Name and class name are the case's id and law: stable in every language and for every seed, and
//! unique, since GitLab drops a second test of the same name. The whole text for people stands in
//! the body of `failure`, because GitLab shows the body and Jenkins both.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use crate::escape::{clean, clean_lines};
use crate::terminal::{case_text, score_text};
use crate::texts::Lang;
use crate::wire::{WireCase, WireGrade};

/// The grade as one test suite; `file` names the spec.
pub fn write(grade: &WireGrade, file: Option<&str>) -> String {
    let mut suite = TestSuite::new(clean(&grade.exercise));
    let time = Duration::from_millis(grade.duration_ms);
    suite.set_time(time);
    for (name, value) in [
        ("target", grade.target.clone()),
        ("seed", grade.seed.to_string()),
        (
            "points",
            format!("{}/{}", grade.score.points, grade.score.max),
        ),
        ("hidden", grade.hidden.to_string()),
    ] {
        suite.add_property(Property::new(name, clean(&value)));
    }
    suite.set_system_out(clean_lines(&score_text(grade)));
    suite.add_test_cases(grade.cases.iter().map(|case| test_case(grade, case, file)));

    let mut report = Report::new("sockspec");
    report.set_time(time);
    report.add_test_suite(suite);
    // What is written is text in memory: nothing of it can fail.
    report.to_string().unwrap_or_default()
}

fn test_case(grade: &WireGrade, case: &WireCase, file: Option<&str>) -> TestCase {
    let mut test = TestCase::new(clean(&case.id), status(grade, case));
    test.set_classname(clean(&format!("{}.{}", grade.exercise, case.law)));
    test.set_time(Duration::from_millis(case.duration_ms));
    if let Some(file) = file {
        test.extra.insert("file".into(), clean(file).into());
    }
    for (name, value) in [
        ("title", case.title.clone()),
        ("level", case.level.to_string()),
        ("points", format!("{}/{}", case.points, case.max)),
        ("status", case.status.clone()),
    ] {
        test.add_property(Property::new(name, clean(&value)));
    }
    test
}

fn status(grade: &WireGrade, case: &WireCase) -> TestCaseStatus {
    let found = case.diagnosis.as_ref();
    let word = || Lang::from_locale(&grade.lang).texts().status(&case.status);
    let message = clean(&found.map_or_else(word, |found| found.message.clone()));
    let mut status = match case.status.as_str() {
        "pass" | "non-strict" => return TestCaseStatus::success(),
        "fail" | "unimplemented" => TestCaseStatus::non_success(NonSuccessKind::Failure),
        _ => TestCaseStatus::skipped(),
    };
    if matches!(status, TestCaseStatus::NonSuccess { .. }) {
        status.set_type(clean(found.map_or("", |found| &found.cause)));
        status.set_description(clean_lines(case_text(grade, case).trim()));
    } else {
        status.set_description(message.clone());
    }
    status.set_message(message);
    status
}
