//! A class for spreadsheets: a row a student, a column a case, each cell a verdict's slug.

use crate::export::csv::row;
use crate::texts::Lang;

use super::Class;

/// Columns before those of the cases.
const HEAD: [&str; 7] = [
    "student", "exercise", "points", "max", "hidden", "lang", "error",
];

pub(super) fn write(class: &Class, _lang: Lang) -> String {
    let mut ids: Vec<(&str, &str)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for student in &class.students {
        for case in &student.grade.cases {
            let key = (student.grade.exercise.as_str(), case.id.as_str());
            places.entry(key).or_insert_with(|| {
                ids.push(key);
                ids.len() - 1
            });
        }
    }
    let alone = ids.windows(2).all(|pair| pair[0].0 == pair[1].0);
    let named = |(exercise, id): &(&str, &str)| match alone {
        true => (*id).to_owned(),
        false => format!("{exercise}/{id}"),
    };
    let names: Vec<String> = ids.iter().map(named).collect();
    let head = HEAD.into_iter().chain(names.iter().map(String::as_str));
    let mut out = row(&head.collect::<Vec<_>>());
    for student in &class.students {
        let grade = &student.grade;
        let mut cells = vec![
            student.name.clone(),
            grade.exercise.clone(),
            grade.score.points.to_string(),
            grade.score.max.to_string(),
            grade.hidden.to_string(),
            grade.lang.clone(),
            String::new(),
        ];
        cells.resize(HEAD.len() + ids.len(), String::new());
        for case in &grade.cases {
            let key = (grade.exercise.as_str(), case.id.as_str());
            if let Some(place) = places.get(&key) {
                cells[HEAD.len() + place].clone_from(&case.status);
            }
        }
        out += &row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for unread in &class.unread {
        let mut cells = vec![""; HEAD.len() + ids.len()];
        cells[0] = &unread.name;
        cells[HEAD.len() - 1] = &unread.reason;
        out += &row(&cells);
    }
    out
}
