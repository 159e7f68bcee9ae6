//! Checks the columns of rows: each is used, and each name in a title is a column.

use std::collections::BTreeSet;

use super::cases::CaseDraft;
use super::context::Context;
use super::words::WordDraft;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::Text;
use crate::suggest::nearest;

/// Reports the columns of a case that nothing uses, or that mean something else too. `used` are those
/// that the dialogue uses, `is_whole` says whether all of it could be read.
pub(super) fn check(
    context: &Context<'_>,
    case: &CaseDraft,
    words: &[WordDraft],
    used: &BTreeSet<String>,
    is_whole: bool,
) {
    for column in &case.columns {
        let name = column.text.as_str();
        if let Some(word) = words.iter().find(|word| word.name.text == name) {
            context.report(
                Diagnostic::new(
                    &codes::NAME_MEANS_TWO_THINGS,
                    column.span,
                    format!("`{name}` is a column and a word of the vocabulary"),
                )
                .other(word.name.span, "the word")
                .help("give the column another name"),
            );
        } else if is_whole && !used.contains(name) && !titles(case).any(|text| is_named(text, name))
        {
            let found = Diagnostic::new(
                &codes::UNUSED_COLUMN,
                column.span,
                format!("nothing uses the column `{name}`"),
            );
            context.report(found.help(format!(
                "write `{{{name}}}` in the dialogue or the title, or remove it"
            )));
        }
    }
}

fn titles(case: &CaseDraft) -> impl Iterator<Item = &str> {
    let Text { fr, en } = &case.case().title;
    let hint = &case.case().hint;
    [fr, en, &hint.fr, &hint.en].into_iter().map(String::as_str)
}

/// Whether a text for the reader names a column.
pub(super) fn is_named(text: &str, column: &str) -> bool {
    text.contains(&format!("{{{column}}}"))
}

/// A `{name}` in a title that is nearly a column is a typing mistake; any other is text.
pub(super) fn check_titles(context: &Context<'_>, case: &CaseDraft) {
    let columns: Vec<&str> = case
        .columns
        .iter()
        .map(|column| column.text.as_str())
        .collect();
    for text in titles(case) {
        for part in text.split('{').skip(1) {
            let Some((name, _)) = part.split_once('}') else {
                continue;
            };
            if columns.contains(&name) {
                continue;
            }
            if let Some(meant) = nearest(name, columns.iter().copied()) {
                context.report(
                    Diagnostic::new(
                        &codes::UNKNOWN_PLACEHOLDER_IN_TEXT,
                        case.id.span,
                        format!("the title or hint of this case names `{{{name}}}`, no column"),
                    )
                    .help(format!("did you mean `{{{meant}}}`?")),
                );
            }
        }
    }
}
