//! Reads the data files of a spec, and checks those that dialogues name.
//!
//! The loader does no I/O: whoever calls it hands in a function that gives the bytes of a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cases::{CaseDraft, Source};
use super::context::{Context, Located};
use super::exercise::Draft;
use super::fields::Fields;
use super::{MAX_FILES, ReadFile};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::{Act, Part, Segment, Span, Step, parse_bytes};
use crate::model::Data;
use crate::suggest::nearest_or_all;
use crate::vocabulary::name_span;

/// Reads `[data]`: the files by their path below the folder. One that is missing is reported, and
/// taken to be empty.
pub(super) fn read(fields: Fields<'_, '_>, read: ReadFile<'_>) -> Data {
    let context = fields.context;
    let folder = fields.required_text("folder");
    let listed = fields.set("files", MAX_FILES);
    fields.required("files", "[\"…\"]");
    fields.finish();
    let mut files = BTreeMap::new();
    for located in listed.unwrap_or_default() {
        let path = format!("{}/{}", folder.text, located.text);
        let bytes = match stays_below(&path) {
            true => read(&path),
            false => Err("it is not below the spec file's folder".to_owned()),
        };
        let bytes = bytes.unwrap_or_else(|reason| {
            context.report(
                Diagnostic::new(
                    &codes::NO_SUCH_FILE,
                    located.span,
                    format!("the data file `{path}` cannot be read"),
                )
                .label(reason),
            );
            Arc::default()
        });
        files.insert(located.text, bytes);
    }
    Data {
        folder: folder.text,
        files,
    }
}

/// Whether a path names something below the folder that it starts from.
fn stays_below(path: &str) -> bool {
    path.split('/')
        .all(|name| !matches!(name, "" | "." | "..") && !name.contains(['\\', '\0']))
}

/// Reports every file that a dialogue names and that is not listed.
pub(super) fn check(context: &Context<'_>, draft: &Draft) {
    for case in &draft.cases {
        let Source::Dialogue { text, dialogue, .. } = &case.source else {
            continue;
        };
        let named = Named {
            context,
            text,
            case,
            files: &draft.spec.data.files,
        };
        for step in dialogue.steps() {
            named.step(step);
        }
    }
}

struct Named<'a, 's> {
    context: &'a Context<'s>,
    text: &'a Located,
    case: &'a CaseDraft,
    files: &'a BTreeMap<String, Arc<[u8]>>,
}

impl Named<'_, '_> {
    fn step(&self, step: &Step) {
        let (Act::Line(segments) | Act::Bytes(segments)) = &step.act else {
            return;
        };
        let mut cursor = step.span.start;
        for part in segments.iter().flat_map(|Segment(parts)| parts) {
            let (word, path) = match part {
                Part::File(path) => ("file", path),
                Part::Size(path) => ("size", path),
                Part::Literal(_) | Part::Value(_) | Part::Repeat { .. } => continue,
            };
            let line = self.text.text.get(..step.span.end).unwrap_or_default();
            let span = name_span(line, &mut cursor, word);
            for path in self.paths(path) {
                if !self.files.contains_key(&path) {
                    self.report(&path, span);
                }
            }
        }
    }

    /// The files that a path names: one for each row where it is a column.
    fn paths(&self, path: &str) -> Vec<String> {
        let Some(column) = path.strip_prefix('$') else {
            return vec![path.to_owned()];
        };
        let case = self.case.case();
        let values = case.rows.iter().filter_map(|row| row.get(column));
        let paths: Vec<String> = values
            .filter_map(|value| parse_bytes(value).ok())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect();
        match paths.is_empty() {
            // A capture: which file it names is not known before the play.
            true => vec![path.to_owned()],
            false => paths,
        }
    }

    fn report(&self, path: &str, span: Span) {
        let listed: Vec<&str> = self.files.keys().map(String::as_str).collect();
        let found = Diagnostic::new(
            &codes::NO_SUCH_FILE,
            span,
            format!("no data file is listed as `{path}`"),
        );
        let found = match listed.is_empty() {
            true => found.help("list it: `[data]`, `folder = \"…\"`, `files = [\"…\"]`"),
            false => found.help(nearest_or_all(path, &listed)),
        };
        self.context
            .report(found.moved(|span| self.text.place(span)));
    }
}
