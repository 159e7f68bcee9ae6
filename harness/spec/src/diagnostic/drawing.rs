//! Draws diagnostics: file, line, column, caret, and what would be right.

use std::fmt::Write as _;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Label, Severity};
use crate::dialogue::{Span, is_unshowable};

/// Draws each diagnostic over `source`, whose name is `name`, as text for a terminal or a log.
///
/// With `colour`, ANSI colours are used; the words say everything without them. Nothing in `source`
/// or in a message can steer the terminal: characters that would are shown as escapes.
pub fn render(diagnostics: &[Diagnostic], source: &str, name: &str, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .decor_style(DecorStyle::Ascii);
    let name = shown(name);
    let mut text = String::new();
    for diagnostic in diagnostics {
        let excerpt = Excerpt::around(source, diagnostic);
        text.push_str(&renderer.render(&[excerpt.group(diagnostic, &name)]));
        text.push_str("\n\n");
    }
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Most bytes of source drawn with one diagnostic. No terminal shows longer lines, and laying them out
/// takes long; the place is told without them.
const MOST_DRAWN: usize = 16 << 10;

/// The lines of the source that a diagnostic speaks of, so that a long file is not walked again for
/// each of its mistakes.
struct Excerpt<'a> {
    text: &'a str,
    start: usize,
    line: usize,
}

impl<'a> Excerpt<'a> {
    fn around(source: &'a str, diagnostic: &Diagnostic) -> Self {
        let spans = || {
            std::iter::once(&diagnostic.label)
                .chain(&diagnostic.others)
                .map(|label| within(source, label.span))
        };
        let first = spans().map(|span| span.start).min().unwrap_or(0);
        let last = spans().map(|span| span.end).max().unwrap_or(0);
        let start = source[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = source[last..]
            .find('\n')
            .map_or(source.len(), |at| last + at);
        Self {
            text: &source[start..end],
            start,
            line: source[..start].matches('\n').count() + 1,
        }
    }

    fn group(&self, diagnostic: &Diagnostic, name: &str) -> Group<'a> {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let group = level
            .primary_title(shown(&diagnostic.message))
            .id(diagnostic.code.id);
        let help = diagnostic
            .help
            .iter()
            .map(|help| Level::HELP.message(shown(help)));
        if self.text.len() > MOST_DRAWN {
            return group.element(self.origin(diagnostic, name)).elements(help);
        }
        let snippet = Snippet::source(self.text)
            .line_start(self.line)
            .path(name.to_owned())
            .annotation(self.annotation(AnnotationKind::Primary, &diagnostic.label))
            .annotations(
                diagnostic
                    .others
                    .iter()
                    .map(|label| self.annotation(AnnotationKind::Context, label)),
            );
        group.element(snippet).elements(help)
    }

    /// Only the place, where the lines are too long to be drawn.
    fn origin(&self, diagnostic: &Diagnostic, name: &str) -> Origin<'a> {
        let at = diagnostic.label.span.start.saturating_sub(self.start);
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Origin::path(name.to_owned())
            .line(self.line + before.matches('\n').count())
            .char_column(before[line_start..].chars().count() + 1)
    }

    fn annotation(&self, kind: AnnotationKind, label: &Label) -> Annotation<'a> {
        let span = within(
            self.text,
            Span {
                start: label.span.start.saturating_sub(self.start),
                end: label.span.end.saturating_sub(self.start),
            },
        );
        let annotation = kind.span(span.start..span.end);
        if label.text.is_empty() {
            annotation
        } else {
            annotation.label(shown(&label.text))
        }
    }
}

/// The span, kept inside the text and at the borders of characters.
fn within(text: &str, span: Span) -> Span {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    Span { start, end }
}

/// The text with what could steer a terminal written as escapes.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_unshowable(character) && character != '\n' {
            // Writing to a String cannot fail.
            let _ = write!(shown, "\\u{{{:X}}}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}
