//! The formats of a grade, and the one entry to all of them.

use std::str::FromStr;

use sockspec_case::grade::Grade;
use thiserror::Error;

use crate::convert::to_wire;
use crate::options::Options;
use crate::visible::for_students;
use crate::wire::WireGrade;
use crate::{json, junit, terminal};

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
    let grade = if options.teacher {
        grade
    } else {
        for_students(grade, options.past_due)
    };
    match format {
        Format::Terminal => terminal::write(&grade, options).into_bytes(),
        Format::Json => json::write(&grade),
        Format::Junit => junit::write(&grade, options.spec_path.as_deref()).into_bytes(),
    }
}
