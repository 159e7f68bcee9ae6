//! The table of a class: who has what, which mistakes are shared, and that names are only names.

use proptest::prelude::*;
use sockspec_case::grade::Grade;
use sockspec_report::class::{Class, Form, Inconsistent, Link, Student, Unread, check, write};
use sockspec_report::{Lang, for_students, to_wire};

use crate::export::rows;
use crate::fixture;
use crate::html::assert_inert_but;

fn student(name: &str, grade: &Grade) -> Student {
    Student {
        name: name.into(),
        link: Link::new("{name}.html", name, name),
        grade: for_students(to_wire(grade, Lang::En), false),
    }
}

fn class() -> Class {
    let mut other = fixture::failing();
    other.cases[1].status = sockspec_case::grade::Status::Pass;
    other.cases[1].diagnosis = None;
    Class {
        students: vec![
            student("amina", &fixture::perfect()),
            student("béatrice", &fixture::failing()),
            student("chen", &other),
            student("dimitri", &fixture::with_variants()),
            student("elif", &fixture::with_failed_variants()),
        ],
        unread: vec![Unread {
            name: "farid".into(),
            reason: "`farid.json` is not a saved grade".into(),
        }],
    }
}

/// A class in which every name and every text is this one.
fn hostile(text: &str, bytes: &[u8]) -> Class {
    let grade = fixture::hostile_with(text, bytes);
    let mut one = student(text, &grade);
    one.grade.exercise = text.into();
    for case in &mut one.grade.cases {
        case.level = 9;
        case.status = text.into();
        if let Some(found) = &mut case.diagnosis {
            found.cause = text.into();
        }
    }
    let unread = Unread {
        name: text.into(),
        reason: text.into(),
    };
    Class {
        students: vec![one, student(text, &grade), student("b", &grade)],
        unread: vec![unread],
    }
}

#[test]
fn a_class_in_each_form() {
    for (form, name) in [
        (Form::Markdown, "markdown"),
        (Form::Csv, "csv"),
        (Form::MoodleCsv, "moodle-csv"),
    ] {
        for lang in Lang::ALL {
            let written = write(&class(), form, "20".parse().ok(), lang);
            insta::assert_snapshot!(format!("class-{name}-{}", lang.as_str()), written);
        }
    }
}

#[test]
fn the_page_is_inert_and_says_who_and_what() {
    for lang in Lang::ALL {
        let page = write(&class(), Form::Html, None, lang);
        assert_inert_but(&page, |href| href.ends_with(".html"));
        for said in ["amina", "b%C3%A9atrice.html", "béatrice", "farid.json"] {
            assert!(page.contains(said), "{said}");
        }
        // Two made the mistake of one `recv` for one message, in one of the exercise's cases or more.
        let shared = match lang {
            Lang::En => "3 students:",
            Lang::Fr => "3 étudiants\u{a0}:",
        };
        assert!(page.contains(shared), "{page}");
    }
}

#[test]
fn each_row_of_the_page_has_a_cell_for_each_column() {
    let page = write(&class(), Form::Html, None, Lang::En);
    let rows = regex::Regex::new("(?s)<tr>(.*?)</tr>").unwrap();
    let widths: Vec<usize> = rows
        .captures_iter(&page)
        .map(|row| row[1].matches("<td").count() + row[1].matches("class=\"case\"").count())
        .filter(|width| *width > 0)
        .collect();
    let cases = widths[0];
    assert!(cases > 10, "{widths:?}");
    for (number, width) in widths.iter().enumerate() {
        // Points stand before the cases; the last row counts who has all right.
        let points = usize::from(number > 0 && number + 1 < widths.len());
        assert_eq!(*width, cases + points, "row {number}");
    }
}

#[test]
fn a_page_of_a_hostile_class_is_inert() {
    let class = hostile(fixture::ATTACK, b"\xff<script>");
    for lang in Lang::ALL {
        let page = write(&class, Form::Html, None, lang);
        assert_inert_but(&page, |href| {
            href.ends_with(".html") && !href.contains([':', '<', '"', ' '])
        });
    }
}

#[test]
fn names_without_end_and_cases_without_number_stay_a_table() {
    let mut student = student(&"x".repeat(1 << 20), &fixture::perfect());
    let model = student.grade.cases[0].clone();
    student.grade.cases = (0..5000)
        .map(|number| sockspec_report::wire::WireCase {
            id: format!("case-{number}"),
            ..model.clone()
        })
        .collect();
    student.link = None;
    let class = Class {
        students: vec![student],
        unread: Vec::new(),
    };
    for form in [Form::Html, Form::Markdown] {
        let written = write(&class, form, None, Lang::En);
        assert!(written.len() < 100_000, "{}", written.len());
        assert!(written.contains("4850 more cases"), "{written}");
    }
}

#[test]
fn grades_of_several_exercises_get_a_table_each() {
    let mut class = class();
    class.students[0].grade.exercise = "echo-tcp".into();
    let page = write(&class, Form::Html, None, Lang::En);
    assert_eq!(page.matches("<table").count(), 2);
    let csv = write(&class, Form::Csv, None, Lang::En);
    assert!(
        csv.lines().next().unwrap().contains("echo-tcp/known-key,"),
        "{csv}"
    );
}

#[test]
fn a_grade_whose_points_do_not_add_up_is_none() {
    for grade in [
        fixture::perfect(),
        fixture::failing(),
        fixture::hostile(),
        fixture::lossy(),
    ] {
        for teacher in [true, false] {
            let whole = to_wire(&grade, Lang::Fr);
            let wire = if teacher {
                whole
            } else {
                for_students(whole, false)
            };
            assert_eq!(check(&wire), Ok(()));
            let mut raised = wire.clone();
            raised.score.points = raised.score.max + 1;
            assert_eq!(check(&raised), Err(Inconsistent));
            let mut raised = wire.clone();
            raised.cases[0].points = u32::MAX;
            assert_eq!(check(&raised), Err(Inconsistent));
        }
    }
    let mut raised = to_wire(&fixture::failing(), Lang::En);
    raised.score.points += 1;
    assert_eq!(check(&raised), Err(Inconsistent));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_of_a_name_or_a_grade_acts(text in "\\PC{0,80}|[<>\"'&|`=@:/ a\\x00-\\x20]{0,40}", bytes: Vec<u8>) {
        let class = hostile(&text, &bytes);
        let page = write(&class, Form::Html, None, Lang::En);
        assert_inert_but(&page, |href| href.ends_with(".html") && !href.contains([':', '<', '"']));
        for form in [Form::Csv, Form::MoodleCsv] {
            let rows = rows(&write(&class, form, None, Lang::En));
            for row in &rows {
                prop_assert_eq!(row.len(), rows[0].len());
                for cell in row {
                    prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{}", cell);
                }
            }
        }
        let markdown = write(&class, Form::Markdown, None, Lang::En);
        for line in markdown.lines() {
            let line = line.replace("<!-- -->", "").replace("](<", "](").replace(".html>)", ".html)");
            prop_assert!(!line.contains('<') || line.contains('`'), "{}", line);
        }
        for out in [page, markdown] {
            prop_assert!(!out.contains(|c: char| c.is_control() && c != '\n'));
        }
    }
}
