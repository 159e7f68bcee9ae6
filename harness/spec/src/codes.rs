//! The codes of all diagnostics: a title and a long text each, in both languages.
//!
//! A code never changes its meaning and is never used again for something else. The first two
//! digits say where the mistake is:
//! `00` the file, `01` keys and values, `02` the notation, `03` names, `04` cases, `05` steps.

mod cases;
mod file;
mod names;
mod notation;
mod steps;

pub use cases::*;
pub use file::*;
pub use names::*;
pub use notation::*;
pub use steps::*;

use crate::diagnostic::Severity;
use crate::model::Text;

/// One kind of mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// `SS` and four digits.
    pub id: &'static str,
    /// Whether a text with this mistake can be used.
    pub severity: Severity,
    /// What is wrong, in a line: English.
    pub title_en: &'static str,
    /// What is wrong, in a line: French.
    pub title_fr: &'static str,
    /// Why it is a mistake and how to mend it: English (Markdown).
    pub long_en: &'static str,
    /// Why it is a mistake and how to mend it: French (Markdown).
    pub long_fr: &'static str,
}

impl Code {
    /// The title in both languages.
    pub fn title(&self) -> Text {
        Text {
            fr: self.title_fr.to_owned(),
            en: self.title_en.to_owned(),
        }
    }

    /// The long text in both languages.
    pub fn long(&self) -> Text {
        Text {
            fr: self.long_fr.to_owned(),
            en: self.long_en.to_owned(),
        }
    }
}

/// All codes, in order.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [
        FILE_CODES,
        NOTATION_CODES,
        NAMES_CODES,
        CASES_CODES,
        STEPS_CODES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The code with this id (`SS0101`; letter case does not matter).
pub fn find(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(id))
}

/// Declares codes and the list of them.
macro_rules! codes {
    ($list:ident $($name:ident = $id:literal $severity:ident
        $title_en:literal / $title_fr:literal
        $long_en:literal / $long_fr:literal;)*) => {
        $(
            #[doc = $title_en]
            pub static $name: $crate::codes::Code = $crate::codes::Code {
                id: $id,
                severity: $crate::diagnostic::Severity::$severity,
                title_en: $title_en,
                title_fr: $title_fr,
                long_en: $long_en,
                long_fr: $long_fr,
            };
        )*
        /// The codes of this module, in order.
        pub(super) const $list: &[&$crate::codes::Code] = &[$(&$name),*];
    };
}
use codes;
