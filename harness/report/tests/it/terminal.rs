//! The report for people.

use sockspec_report::{Detail, Format, Lang, Options, render};

use crate::fixture;

fn report(grade: &sockspec_case::grade::Grade, lang: Lang, detail: Detail) -> String {
    let options = Options {
        lang,
        detail,
        ..Options::default()
    };
    String::from_utf8(render(Format::Terminal, grade, &options)).unwrap()
}

#[test]
fn a_perfect_grade_in_both_languages() {
    insta::assert_snapshot!(
        "perfect-en",
        report(&fixture::perfect(), Lang::En, Detail::Normal)
    );
    insta::assert_snapshot!(
        "perfect-fr",
        report(&fixture::perfect(), Lang::Fr, Detail::Normal)
    );
}

#[test]
fn a_failing_grade_in_both_languages() {
    insta::assert_snapshot!(
        "failing-en",
        report(&fixture::failing(), Lang::En, Detail::Normal)
    );
    insta::assert_snapshot!(
        "failing-fr",
        report(&fixture::failing(), Lang::Fr, Detail::Normal)
    );
}

#[test]
fn a_hostile_grade_in_both_languages() {
    insta::assert_snapshot!(
        "hostile-en",
        report(&fixture::hostile(), Lang::En, Detail::Normal)
    );
    insta::assert_snapshot!(
        "hostile-fr",
        report(&fixture::hostile(), Lang::Fr, Detail::Normal)
    );
}
