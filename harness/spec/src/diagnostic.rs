//! A mistake in a text, as data: what is wrong, where, and what would be right.
//!
//! Drawing is another matter: see [`render`]. Spans are byte ranges in the text that was given to
//! [`crate::load`] or [`crate::dialogue::parse`].

mod drawing;

pub use drawing::render;

use crate::codes::Code;
use crate::dialogue::Span;

/// Whether a text can be used in spite of the mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The text cannot be used.
    Error,
    /// The text can be used, but says something that it hardly means.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place and what is to be seen there.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; a fragment without a final dot, may be empty.
    pub text: String,
}

/// One mistake.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The stable code, with its long explanation.
    pub code: &'static Code,
    /// Error or warning (the code's own severity).
    pub severity: Severity,
    /// The fact, in one line.
    pub message: String,
    /// The place to edit.
    pub label: Label,
    /// Other places that are the reason.
    pub others: Vec<Label>,
    /// What would be right; empty when nothing useful can be said.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A mistake of the kind `code` at `span`.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            label: Label {
                span,
                text: String::new(),
            },
            others: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Says what is to be seen at the place to edit.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label.text = text.into();
        self
    }

    /// Adds another place that is part of the reason.
    #[must_use]
    pub fn other(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds what would be right.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Whether the text cannot be used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Carries the places over to another text: each span becomes what `place` says.
    pub(crate) fn moved(mut self, place: impl Fn(Span) -> Span) -> Self {
        self.label.span = place(self.label.span);
        for other in &mut self.others {
            other.span = place(other.span);
        }
        self
    }
}
