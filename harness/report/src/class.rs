//! The grades of a class in one table: students by cases, and the mistakes that several made.
//!
//! Flow: saved grades ([`Student`]) → a sheet an exercise: its columns, its cells, its shared mistakes
//! → one of the [forms](Form). The reader is the teacher: what the saved grades hold is shown.
//!
//! Invariant: names of files and texts of grades are anybody's. They are cleaned, escaped, and cut where
//! they are long; links lead only where the caller says.

mod html;
mod markdown;
mod mistakes;
mod sheet;
mod table;

use thiserror::Error;

use crate::escape::clean;
use crate::export::moodle;
use crate::options::Scale;
use crate::texts::Lang;
use crate::wire::WireGrade;

/// A name is shown up to this length, in characters.
const NAME_CHARS: usize = 60;

/// A student of the class, with a grade.
#[derive(Clone, Debug, PartialEq)]
pub struct Student {
    /// As the table shall name them.
    pub name: String,
    /// Where the student's own report is; shown as a link.
    pub link: Option<Link>,
    /// The grade.
    pub grade: WireGrade,
}

/// A file that gave no grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// As the table shall name it.
    pub name: String,
    /// Why, as a sentence in the class's language.
    pub reason: String,
}

/// The class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Class {
    /// Those with a grade, in the order of the table.
    pub students: Vec<Student>,
    /// What could not be read: shown too, so that nobody is lost.
    pub unread: Vec<Unread>,
}

/// How a class is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One page for a browser, self-contained.
    Html,
    /// Comma-separated values, a row a student, a column a case.
    Csv,
    /// Markdown.
    Markdown,
    /// The gradebook import of Moodle, a row a student.
    MoodleCsv,
}

/// The class in a form. `scale` is that of Moodle's gradebook.
pub fn write(class: &Class, form: Form, scale: Option<Scale>, lang: Lang) -> String {
    match form {
        Form::Html => html::write(class, lang),
        Form::Csv => table::write(class, lang),
        Form::Markdown => markdown::write(class, lang),
        Form::MoodleCsv => {
            let students = class.students.iter();
            let rows: Vec<(&str, &WireGrade)> =
                students.map(|one| (&one.name[..], &one.grade)).collect();
            moodle::write(&rows, scale)
        }
    }
}

/// A grade whose numbers contradict each other: nobody's grading wrote it so.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("its points are not the sum of those of its cases")]
pub struct Inconsistent;

/// Whether the points of a saved grade are those of its cases.
///
/// # Errors
/// [`Inconsistent`] when they are not.
pub fn check(grade: &WireGrade) -> Result<(), Inconsistent> {
    let sum: u64 = grade.cases.iter().map(|case| u64::from(case.points)).sum();
    let points = u64::from(grade.score.points);
    let hidden_points = points.checked_sub(sum).ok_or(Inconsistent)?;
    let every_case = grade.cases.iter().all(|case| case.points <= case.max);
    let fits = every_case
        && grade.score.points <= grade.score.max
        && (hidden_points == 0 || grade.hidden > 0);
    fits.then_some(()).ok_or(Inconsistent)
}

/// Where a student's own report is: an address in the page, of `http`, `https` or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// The address that `template` gives, with `{name}` and `{path}` replaced. Of what is replaced, only
    /// letters, digits, `/` and the marks `-._~` stand for themselves: nothing else of a name acts in a link.
    ///
    /// `None` when the address names another scheme than `http` or `https`.
    pub fn new(template: &str, name: &str, path: &str) -> Option<Link> {
        let scheme = template.split(['/', '?', '#']).next().unwrap_or_default();
        let is_allowed = match scheme.split_once(':') {
            Some((scheme, _)) => ["http", "https"]
                .iter()
                .any(|one| scheme.eq_ignore_ascii_case(one)),
            // A placeholder brings no scheme: a colon in a name is encoded.
            None => true,
        };
        let address = template
            .replace("{name}", &encoded(name))
            .replace("{path}", &encoded(path));
        (is_allowed && !address.contains(char::is_control)).then_some(Link(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// RFC 3986 §2.1.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}

/// A name or title that may be anybody's: cleaned, and cut where it is long.
fn short(text: &str) -> String {
    let mut characters = text.chars();
    let begin: String = characters.by_ref().take(NAME_CHARS).collect();
    let more = if characters.next().is_some() {
        "…"
    } else {
        ""
    };
    clean(&begin) + more
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("{name}.html", "amina", "amina.html")]
    #[case("{name}.html", "a b\"<é", "a%20b%22%3C%C3%A9.html")]
    #[case("{name}", "javascript:alert(1)", "javascript%3Aalert%281%29")]
    #[case("../reports/{path}.html#top", "x", "../reports/tp1/x.html#top")]
    #[case("https://course.example/{name}", "x", "https://course.example/x")]
    fn links_lead_where_the_template_says(
        #[case] template: &str,
        #[case] name: &str,
        #[case] address: &str,
    ) {
        let link = Link::new(template, name, "tp1/x");
        assert_eq!(link.as_ref().map(Link::as_str), Some(address));
    }

    #[rstest]
    fn no_link_runs_a_script(
        #[values(
            "javascript:{name}",
            "data:text/html,{name}",
            "JAVASCRIPT:x",
            " javascript:x",
            "java\nscript:x"
        )]
        template: &str,
    ) {
        assert_eq!(Link::new(template, "x", "x"), None);
    }
}
