//! What a reader asks of a report.

use crate::texts::Lang;

/// How a grade is rendered. No format looks at anything else: no environment, no terminal.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language of every sentence. A saved grade keeps the language it was written in.
    pub lang: Lang,
    /// Whether the terminal report is coloured.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// How much the terminal report says.
    pub detail: Detail,
    /// Whether the deadline has passed: cases that are shown only then are shown.
    pub past_due: bool,
    /// Whether the reader is the teacher: hidden cases are shown too.
    pub teacher: bool,
    /// The spec's file as pipelines should name it, e.g. `specs/kv.toml`.
    pub spec_path: Option<String>,
    /// Who is graded, as a course platform names them (an e-mail address).
    pub subject: Option<String>,
    /// The greatest grade on the course platform; `None` for plain points.
    pub out_of: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            lang: Lang::default(),
            colour: false,
            width: 80,
            detail: Detail::default(),
            past_due: false,
            teacher: false,
            spec_path: None,
            subject: None,
            out_of: None,
        }
    }
}

/// How much the terminal report says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// The score only.
    Quiet,
    /// Every case in one line, every failure in full.
    #[default]
    Normal,
    /// Every transcript too.
    Verbose,
}
