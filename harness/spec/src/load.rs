//! TOML → [`Spec`], with every mistake of the file at once.
//!
//! Flow: [`fields`] walks the spanned tables and reports what is not of the right kind; [`exercise`],
//! [`words`] and [`cases`] read the tables into drafts that remember their places; [`names`],
//! [`steps`] and [`whole`] check what the drafts say of each other. A value that cannot be used is
//! reported once and replaced by a harmless one, so that the rest is still checked.

mod cases;
mod columns;
mod connections;
mod context;
mod exercise;
mod fields;
mod files;
mod languages;
mod names;
mod scripts;
mod servers;
mod slugs;
mod steps;
#[cfg(test)]
mod tests;
mod whole;
mod words;

use std::sync::Arc;

use toml::de::DeTable;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::Span;
use crate::model::Spec;
use context::Context;

/// Largest spec file, in bytes: 1 MiB.
pub const MAX_FILE_BYTES: usize = 1 << 20;
/// Most cases of a spec.
pub const MAX_CASES: usize = 1000;
/// Most rows of a case.
pub const MAX_ROWS: usize = 1000;
/// Most forms of a word.
pub const MAX_FORMS: usize = 100;
/// Most data files of a spec.
pub const MAX_FILES: usize = 100;
/// Most diagnostics that are returned for one file.
pub const MAX_DIAGNOSTICS: usize = 200;

/// Gives the bytes of a data file by its path beside the spec file; or says why it cannot.
pub type ReadFile<'a> = &'a dyn Fn(&str) -> Result<Arc<[u8]>, String>;

/// Reads a spec file that has no data files.
///
/// As [`load_with`], where every data file is missing.
pub fn load(name: &str, source: &str) -> (Option<Spec>, Vec<Diagnostic>) {
    load_with(name, source, &|_| {
        Err("no data files are at hand".to_owned())
    })
}

/// Reads a spec file.
///
/// `name` is the file's name or path, `source` its text, `files` gives its data files. There is a
/// spec exactly when no diagnostic is an error. The diagnostics are in the order of the text; their
/// spans are byte ranges in `source`.
pub fn load_with(name: &str, source: &str, files: ReadFile<'_>) -> (Option<Spec>, Vec<Diagnostic>) {
    let (spec, context) = read(name, source, files);
    let mut found = context.into_found();
    found.sort_by_key(|diagnostic| (diagnostic.label.span.start, diagnostic.code.id));
    let has_errors = found.iter().any(Diagnostic::is_error);
    if found.len() > MAX_DIAGNOSTICS {
        let more = found.len() - MAX_DIAGNOSTICS;
        let last = found[MAX_DIAGNOSTICS].label.span;
        found.truncate(MAX_DIAGNOSTICS);
        found.push(
            Diagnostic::new(
                &codes::MORE_MISTAKES,
                last,
                format!("{more} more are not shown"),
            )
            .help("mend those above and check again"),
        );
    }
    (spec.filter(|_| !has_errors), found)
}

fn read<'s>(name: &str, source: &'s str, files: ReadFile<'_>) -> (Option<Spec>, Context<'s>) {
    let context = Context::new(source);
    if source.len() > MAX_FILE_BYTES {
        let span = Span {
            start: MAX_FILE_BYTES,
            end: MAX_FILE_BYTES,
        };
        context.report(
            Diagnostic::new(
                &codes::FILE_TOO_LARGE,
                span,
                format!(
                    "this file has {} bytes, and 1 MiB is the most",
                    source.len()
                ),
            )
            .help("write long contents with `{repeat:COUNT:TEXT}`, or make two exercises"),
        );
        return (None, context);
    }
    let (root, errors) = DeTable::parse_recoverable(source);
    if !errors.is_empty() {
        let mut last = None;
        for error in &errors {
            // The parser may stumble twice over the same thing.
            let place = (error.span(), error.message());
            if last.as_ref() != Some(&place) {
                context.report(not_toml(error, source));
            }
            last = Some(place);
        }
        return (None, context);
    }
    let draft = exercise::read(&context, root.get_ref(), name, files);
    (Some(draft.check(&context)), context)
}

fn not_toml(error: &toml::de::Error, source: &str) -> Diagnostic {
    let span = error.span().unwrap_or(source.len()..source.len());
    Diagnostic::new(
        &codes::NOT_TOML,
        Span {
            start: span.start,
            end: span.end,
        },
        "this is not TOML",
    )
    .label(error.message())
}
