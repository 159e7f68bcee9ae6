//! JUnit XML.

use sockspec_report::{Format, Lang, Options, render};

use crate::fixture;

fn report(grade: &sockspec_case::grade::Grade, lang: Lang) -> String {
    let options = Options {
        lang,
        spec_path: Some("specs/kv.toml".into()),
        ..Options::default()
    };
    String::from_utf8(render(Format::Junit, grade, &options)).unwrap()
}

#[test]
fn a_perfect_grade() {
    insta::assert_snapshot!("perfect-en", report(&fixture::perfect(), Lang::En));
    insta::assert_snapshot!("perfect-fr", report(&fixture::perfect(), Lang::Fr));
}

#[test]
fn a_failing_grade() {
    insta::assert_snapshot!("failing-en", report(&fixture::failing(), Lang::En));
    insta::assert_snapshot!("failing-fr", report(&fixture::failing(), Lang::Fr));
}

#[test]
fn a_hostile_grade() {
    insta::assert_snapshot!("hostile-en", report(&fixture::hostile(), Lang::En));
    insta::assert_snapshot!("hostile-fr", report(&fixture::hostile(), Lang::Fr));
}

#[test]
fn names_are_the_same_in_both_languages_and_stand_once() {
    let names = |lang| {
        let report = quick_junit::Report::deserialize_from_str(&report(&fixture::failing(), lang));
        let cases = report.unwrap().test_suites.remove(0).test_cases;
        let name = |case: &quick_junit::TestCase| (case.classname.clone(), case.name.clone());
        cases
            .iter()
            .map(name)
            .map(|name| format!("{name:?}"))
            .collect::<Vec<_>>()
    };
    let english = names(Lang::En);
    assert_eq!(english, names(Lang::Fr));
    assert_eq!(
        english.len(),
        english
            .iter()
            .collect::<std::collections::HashSet<_>>()
            .len()
    );
}

#[test]
fn the_xml_of_a_hostile_grade_has_its_own_cases_and_no_other() {
    let xml = report(&fixture::hostile(), Lang::En);
    let read = quick_junit::Report::deserialize_from_str(&xml).unwrap();
    assert_eq!(
        read.test_suites[0].test_cases.len(),
        fixture::hostile().cases.len()
    );
    assert!(!xml.contains(|c: char| c.is_control() && c != '\n'));
}
