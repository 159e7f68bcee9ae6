//! One exercise of a class: which cases there are, and what each student's came to.

use crate::family::base_id;
use crate::texts::Texts;
use crate::wire::WireCase;

use super::mistakes::{Mistake, mistakes};
use super::{Class, Student, short};

/// A table has at most so many columns: what nobody can read is no table.
const COLUMNS: usize = 150;

/// The grades of one exercise.
pub(super) struct Sheet<'a> {
    /// The exercise's id.
    pub exercise: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Those who were graded.
    pub students: Vec<&'a Student>,
    /// Its cases, by level; the variants of a case share its column.
    pub columns: Vec<Column<'a>>,
    /// How many columns were left out.
    pub left_out: usize,
    /// What several students, or one, did wrong: the most frequent first.
    pub mistakes: Vec<Mistake<'a>>,
}

/// A case, with what was derived from it.
pub(super) struct Column<'a> {
    /// The case's id.
    pub id: &'a str,
    /// Its title, of whoever has it.
    pub title: &'a str,
    /// Its level, 1 to 5.
    pub level: u8,
}

/// What a column came to for a student.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    /// The verdict that weighs most; none where the student has no such case.
    pub status: Option<&'a str>,
    /// How many cases earned their points.
    pub right: usize,
    /// Of how many.
    pub of: usize,
}

/// Verdicts, the one that weighs most last.
const WEIGHTS: [&str; 6] = [
    "pass",
    "non-strict",
    "skipped",
    "blocked",
    "unimplemented",
    "fail",
];

impl<'a> Sheet<'a> {
    /// A sheet for each exercise that the class was graded in, in the order in which they come.
    pub fn all(class: &'a Class) -> Vec<Sheet<'a>> {
        let mut exercises: Vec<&str> = Vec::new();
        for student in &class.students {
            if !exercises.contains(&student.grade.exercise.as_str()) {
                exercises.push(&student.grade.exercise);
            }
        }
        let of = |exercise| {
            let all = class.students.iter();
            all.filter(move |student| student.grade.exercise == exercise)
        };
        exercises
            .into_iter()
            .map(|exercise| Sheet::new(exercise, of(exercise).collect()))
            .collect()
    }

    fn new(exercise: &'a str, students: Vec<&'a Student>) -> Self {
        let mut columns = columns(&students);
        let left_out = columns.len().saturating_sub(COLUMNS);
        columns.truncate(COLUMNS);
        Sheet {
            exercise,
            title: students.first().map_or("", |student| &student.grade.title),
            mistakes: mistakes(&students),
            students,
            columns,
            left_out,
        }
    }

    /// The column's cell for a student.
    pub fn cell(column: &Column<'a>, student: &'a Student) -> Cell<'a> {
        let cases = student.grade.cases.iter();
        let cases = cases.filter(|case| base_id(&case.id) == column.id);
        cases.fold(Cell::default(), |cell, case| cell.with(case))
    }

    /// How many students have everything right in a column.
    pub fn right(&self, column: &Column<'a>) -> usize {
        let cells = self
            .students
            .iter()
            .map(|student| Sheet::cell(column, student));
        cells
            .filter(|cell| cell.of > 0 && cell.right == cell.of)
            .count()
    }

    /// The mean and the median of the shares of the points, percent; none without points.
    pub fn shares(&self) -> Option<(f64, f64)> {
        let scores = self.students.iter().map(|student| student.grade.score);
        let scores = scores.filter(|score| score.max > 0);
        let mut shares: Vec<f64> = scores
            .map(|score| 100.0 * f64::from(score.points) / f64::from(score.max))
            .collect();
        shares.sort_by(f64::total_cmp);
        let middle = shares.len() / 2;
        let median = match shares.len() {
            0 => return None,
            odd if odd % 2 == 1 => shares[middle],
            _ => f64::midpoint(shares[middle - 1], shares[middle]),
        };
        Some((shares.iter().sum::<f64>() / shares.len() as f64, median))
    }
}

/// The bases of all cases that anybody has: a class may have been graded by address and by command.
fn columns<'a>(students: &[&'a Student]) -> Vec<Column<'a>> {
    let mut columns: Vec<Column<'a>> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for case in students.iter().flat_map(|student| &student.grade.cases) {
        let id = base_id(&case.id);
        let is_base = id == case.id;
        let place = *known.entry(id).or_insert_with(|| {
            columns.push(Column {
                id,
                title: &case.title,
                level: case.level,
            });
            columns.len() - 1
        });
        let column = &mut columns[place];
        column.level = column.level.min(case.level);
        if is_base {
            column.title = &case.title;
        }
    }
    columns.sort_by_key(|column| column.level);
    columns
}

impl<'a> Cell<'a> {
    fn with(self, case: &'a WireCase) -> Self {
        // What is not known weighs as little as what is undecided: between accepted and lost.
        let weight = |status: &str| WEIGHTS.iter().position(|one| *one == status).unwrap_or(2);
        let heavier = match self.status {
            Some(status) if weight(status) >= weight(&case.status) => status,
            _ => &case.status,
        };
        let right = matches!(case.status.as_str(), "pass" | "non-strict");
        Cell {
            status: Some(heavier),
            right: self.right + usize::from(right),
            of: self.of + 1,
        }
    }

    /// What stands in the table: a mark, or how many of how many are right.
    pub fn mark(self) -> String {
        if self.right > 0 && self.right < self.of {
            return format!("{}/{}", self.right, self.of);
        }
        match self.status {
            None => "",
            Some("pass") => "✓",
            Some("non-strict") => "≈",
            Some("fail") => "✗",
            Some("unimplemented") => "∅",
            Some("blocked") => "–",
            Some("skipped") => "·",
            Some(_) => "?",
        }
        .to_owned()
    }

    /// The same for those who hear the table.
    pub fn said(self, texts: Texts) -> String {
        let Some(status) = self.status else {
            return texts.class_no_case();
        };
        let verdict = short(&texts.status(status));
        if self.of > 1 {
            texts.class_cell(&verdict, self.right as u64, self.of as u64)
        } else {
            verdict
        }
    }
}
