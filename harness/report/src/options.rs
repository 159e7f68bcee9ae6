//! What a reader asks of a report.

use std::str::FromStr;

use thiserror::Error;

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
    /// The grades of the course platform; `None` for plain points.
    pub scale: Option<Scale>,
}

/// The grades that a course platform gives: from the least, for nothing, to the greatest, for everything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    least: f64,
    greatest: f64,
}

impl Scale {
    /// The grade of a share of the points, 0 to 1.
    pub fn grade(self, share: f64) -> f64 {
        self.least + (self.greatest - self.least) * share
    }
}

/// A text that is no scale.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("write the greatest grade, or LEAST..GREATEST, for example 20 or 0..10")]
pub struct NoScale;

impl FromStr for Scale {
    type Err = NoScale;

    /// `20` or `0..20`, with a decimal point where there are decimals.
    fn from_str(text: &str) -> Result<Self, NoScale> {
        let (least, greatest) = text.split_once("..").unwrap_or(("0", text));
        let number = |text: &str| text.trim().parse::<f64>().map_err(|_| NoScale);
        let (least, greatest) = (number(least)?, number(greatest)?);
        let fits = least.is_finite() && greatest.is_finite() && least < greatest;
        fits.then_some(Scale { least, greatest }).ok_or(NoScale)
    }
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
            scale: None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_its_greatest_grade_or_both_ends() {
        let grades = |text: &str| {
            let scale: Scale = text.parse()?;
            Ok([scale.grade(0.0), scale.grade(0.25), scale.grade(1.0)])
        };
        assert_eq!(grades("20"), Ok([0.0, 5.0, 20.0]));
        assert_eq!(grades("1..5"), Ok([1.0, 2.0, 5.0]));
        assert_eq!(grades("-1.5..0.5"), Ok([-1.5, -1.0, 0.5]));
        for text in [
            "", "x", "20..0", "5..5", "0", "inf", "NaN", "1..", "..5", "1...5",
        ] {
            assert_eq!(grades(text), Err(NoScale), "{text}");
        }
    }
}
