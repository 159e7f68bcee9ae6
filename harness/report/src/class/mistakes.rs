//! Failures that are alike: the same cause, and where a cause says little, the same case.

use crate::terminal::group_key;
use crate::texts::Texts;

use super::Student;

/// A mistake, and who made it.
pub(super) struct Mistake<'a> {
    /// The cause's slug; empty when none is named.
    pub cause: &'a str,
    /// The cause as a sentence, in the language of the grade.
    pub title: &'a str,
    /// What was seen, of the first case.
    pub message: &'a str,
    /// Who made it, in the order of the class.
    pub students: Vec<&'a Student>,
    /// The cases that show it, in the order in which they come.
    pub cases: Vec<&'a str>,
}

impl Mistake<'_> {
    /// The cause as a sentence in this language, or as the grade has it.
    pub fn title(&self, texts: Texts) -> String {
        match crate::explain::find(self.cause) {
            Ok(cause) => texts.cause_title(cause),
            Err(_) => self.title.to_owned(),
        }
    }

    /// What to do about it.
    pub fn hint(&self, texts: Texts) -> Option<String> {
        let cause = crate::explain::find(self.cause).ok()?;
        Some(texts.cause_hint(cause))
    }
}

/// The mistakes of these students, the most frequent first.
pub(super) fn mistakes<'a>(students: &[&'a Student]) -> Vec<Mistake<'a>> {
    let mut keys: Vec<String> = Vec::new();
    let mut found: Vec<Mistake<'a>> = Vec::new();
    for student in students {
        let failed = student.grade.cases.iter();
        let failed = failed.filter(|case| matches!(case.status.as_str(), "fail" | "unimplemented"));
        for case in failed {
            let key = group_key(case);
            let place = keys.iter().position(|known| *known == key);
            let place = place.unwrap_or_else(|| {
                let diagnosis = case.diagnosis.as_ref();
                keys.push(key);
                found.push(Mistake {
                    cause: diagnosis.map_or("", |found| &found.cause),
                    title: diagnosis.map_or(&case.title, |found| &found.title),
                    message: diagnosis.map_or("", |found| &found.message),
                    students: Vec::new(),
                    cases: Vec::new(),
                });
                found.len() - 1
            });
            let mistake = &mut found[place];
            // A student's cases come together.
            let is_new = mistake
                .students
                .last()
                .is_none_or(|last| !std::ptr::eq(*last, *student));
            mistake.students.extend(is_new.then_some(*student));
            if !mistake.cases.contains(&case.id.as_str()) {
                mistake.cases.push(&case.id);
            }
        }
    }
    found.sort_by_key(|mistake| std::cmp::Reverse(mistake.students.len()));
    found
}
