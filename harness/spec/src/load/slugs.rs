//! Ids: small letters, digits and single hyphens.

use super::context::{Context, Located};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// Reports an id that is not a slug.
pub(super) fn check_slug(context: &Context<'_>, located: &Located, what: &str) {
    if located.text.trim().is_empty() || is_slug(&located.text) {
        return;
    }
    let found = Diagnostic::new(
        &codes::NOT_A_SLUG,
        located.span,
        format!("`{}` is not a slug", located.text),
    );
    let better = slug_of(&located.text);
    context.report(if better.is_empty() {
        found.help(format!(
            "{what} is written in small letters, digits and hyphens"
        ))
    } else {
        found.help(format!(
            "write `{better}`: small letters, digits and single hyphens"
        ))
    });
}

/// Whether a text is small letters, digits and single hyphens between them.
pub(super) fn is_slug(text: &str) -> bool {
    text.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

fn slug_of(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                ' '
            }
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join("-")
}
