//! The formats of a grade, and the one entry to all of them.

use std::str::FromStr;

use sockspec_case::grade::Grade;
use thiserror::Error;

use crate::convert::to_wire;
use crate::export::{
    csv, github, github_classroom, gradescope, markdown, moodle, ndjson, prairielearn, tap, vpl,
};
use crate::options::Options;
use crate::visible::for_students;
use crate::wire::WireGrade;
use crate::{html, json, junit, terminal};

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident = $slug:literal,)*) => {
        /// A way to write a grade.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Format { $($(#[$doc])* $name,)* }

        impl Format {
            /// Every format.
            pub const ALL: &'static [Format] = &[$(Format::$name,)*];

            /// The name on the command line.
            pub fn as_str(self) -> &'static str {
                match self { $(Format::$name => $slug,)* }
            }
        }
    };
}

formats! {
    /// For people.
    Terminal = "terminal",
    /// The document `sockspec.grade/1`.
    Json = "json",
    /// JUnit XML, as GitLab, Jenkins and Artemis read it.
    Junit = "junit",
    /// One page for a browser, self-contained.
    Html = "html",
    /// Markdown, for job summaries and comments.
    Markdown = "markdown",
    /// TAP, version 14.
    Tap = "tap",
    /// Annotations of GitHub Actions.
    Github = "github",
    /// Comma-separated values, one row a case.
    Csv = "csv",
    /// One JSON document a line.
    Ndjson = "ndjson",
    /// `results.json` of Gradescope.
    Gradescope = "gradescope",
    /// Comments and grade of Moodle's VPL.
    Vpl = "vpl",
    /// The gradebook import of Moodle.
    MoodleCsv = "moodle-csv",
    /// A grader's output of GitHub Classroom.
    GithubClassroom = "github-classroom",
    /// `results.json` of PrairieLearn.
    Prairielearn = "prairielearn",
}

/// A name that is no format.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{given}` is not a format; did you mean `{nearest}`?")]
pub struct UnknownFormat {
    /// What was asked for.
    pub given: String,
    /// The nearest name that is one.
    pub nearest: &'static str,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let wanted = text.to_lowercase();
        if let Some(format) = Format::ALL.iter().find(|format| format.as_str() == wanted) {
            return Ok(*format);
        }
        let nearest = crate::nearest(&wanted, Format::ALL.iter().map(|format| format.as_str()));
        Err(UnknownFormat {
            given: text.to_owned(),
            nearest,
        })
    }
}

/// The grade in a format.
pub fn render(format: Format, grade: &Grade, options: &Options) -> Vec<u8> {
    render_wire(format, to_wire(grade, options.lang), options)
}

/// A saved grade in a format.
pub fn render_wire(format: Format, grade: WireGrade, options: &Options) -> Vec<u8> {
    let shown = if options.teacher {
        grade.clone()
    } else {
        for_students(grade.clone(), options.past_due)
    };
    let file = options.spec_path.as_deref();
    match format {
        Format::Terminal => terminal::write(&shown, options).into_bytes(),
        Format::Json => json::write(&shown),
        Format::Junit => junit::write(&shown, file).into_bytes(),
        Format::Html => html::write(&shown).into_bytes(),
        Format::Markdown => markdown::write(&shown).into_bytes(),
        Format::Tap => tap::write(&shown).into_bytes(),
        Format::Github => github::write(&shown, file).into_bytes(),
        Format::Csv => csv::write(&shown).into_bytes(),
        Format::Ndjson => ndjson::write(&shown).into_bytes(),
        Format::Gradescope => {
            let shown = for_students(grade.clone(), options.past_due);
            gradescope::write(&grade, &shown).into_bytes()
        }
        Format::Vpl => vpl::write(&shown, options.scale).into_bytes(),
        Format::MoodleCsv => {
            let subject = options.subject.as_deref().unwrap_or(&shown.target);
            moodle::write(&[(subject, &shown)], options.scale).into_bytes()
        }
        Format::GithubClassroom => github_classroom::write(&shown, file).into_bytes(),
        Format::Prairielearn => prairielearn::write(&shown).into_bytes(),
    }
}
