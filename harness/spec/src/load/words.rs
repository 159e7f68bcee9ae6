//! Reads the words of the vocabulary.

use super::MAX_FORMS;
use super::context::{Context, Located};
use super::fields::Fields;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::is_name;
use crate::model::Word;
use crate::regexes::check_regex;
use crate::vocabulary::{Form, FormPiece, is_reserved, regex_source};

/// A word with its place.
pub(super) struct WordDraft {
    pub(super) name: Located,
    pub(super) word: Word,
}

/// Reads `[vocabulary.NAME]`.
pub(super) fn read(name: Located, fields: Fields<'_, '_>) -> WordDraft {
    let context = fields.context;
    check_name(context, &name);
    let takes = takes(&fields);
    // An empty line may be the right answer.
    let canonical = fields
        .required("canonical", "\"…\"")
        .and_then(|value| context.text(value))
        .unwrap_or_default();
    let accepted = fields.set("accepted", MAX_FORMS).unwrap_or_default();
    let rejected = fields.set("rejected", MAX_FORMS).unwrap_or_default();
    let fold = fields.truth("fold").is_some_and(|truth| *truth.get_ref());
    fields.finish();

    let canonical_form = form(context, &canonical, &takes);
    for located in &accepted {
        form(context, located, &takes);
    }
    let rejected_forms: Vec<(&Located, Option<Form>)> = rejected
        .iter()
        .map(|located| (located, rejected_form(context, located, &takes)))
        .collect();
    if let Some(form) = canonical_form {
        check_canonical(context, &canonical, &form, &takes);
        check_not_rejected(context, &canonical, &form, &rejected_forms, fold);
    }
    let texts = |list: Vec<Located>| list.into_iter().map(|located| located.text).collect();
    WordDraft {
        name,
        word: Word {
            takes,
            canonical: canonical.text,
            accepted: texts(accepted),
            rejected: texts(rejected),
            fold,
        },
    }
}

fn check_name(context: &Context<'_>, name: &Located) {
    if !is_name(&name.text) {
        context.report(
            Diagnostic::new(
                &codes::BAD_NAME,
                name.span,
                format!("`{}` is not a name", name.text),
            )
            .help("a name is a letter from A to Z, then letters, digits, `-` and `_`"),
        );
    } else if is_reserved(&name.text) {
        context.report(
            Diagnostic::new(
                &codes::RESERVED_NAME,
                name.span,
                format!("`{}` is reserved", name.text),
            )
            .label("means the same in every spec")
            .help("choose another name"),
        );
    }
}

fn takes(fields: &Fields<'_, '_>) -> Vec<String> {
    let located = fields.set("takes", MAX_FORMS).unwrap_or_default();
    if let Some(second) = located.get(1) {
        fields.context.report(
            Diagnostic::new(
                &codes::TOO_MANY_PARAMETERS,
                second.span,
                "a word takes one parameter at most",
            )
            .help("remove it; for two values, write two words"),
        );
    }
    for name in &located {
        check_name(fields.context, name);
    }
    located.into_iter().map(|located| located.text).collect()
}

fn form(context: &Context<'_>, located: &Located, takes: &[String]) -> Option<Form> {
    match Form::parse(&located.text, takes) {
        Ok(form) => Some(form),
        Err(found) => {
            for diagnostic in found {
                context.report(diagnostic.moved(|span| located.place(span)));
            }
            None
        }
    }
}

fn rejected_form(context: &Context<'_>, located: &Located, takes: &[String]) -> Option<Form> {
    if regex_source(&located.text).is_none() {
        context.report(
            Diagnostic::new(
                &codes::REJECTED_IS_NOT_REGEX,
                located.span,
                "a rejected form is a regex, searched anywhere in the message",
            )
            .help(format!("write `'/{}/'`", regex::escape(&located.text))),
        );
        return None;
    }
    form(context, located, takes)
}

fn check_canonical(context: &Context<'_>, located: &Located, form: &Form, takes: &[String]) {
    if takes_everything(form) {
        context.report(
            Diagnostic::new(
                &codes::MATCHES_EVERYTHING,
                located.span,
                "this canonical form takes any answer",
            )
            .help("write here what the reference server says, and this in `accepted`"),
        );
    } else if let Some(name) = takes.first()
        && !form.has_parameter()
    {
        context.report(
            Diagnostic::new(
                &codes::UNUSED_PARAMETER,
                located.span,
                format!("the canonical form does not use `{{{name}}}`"),
            )
            .help(format!(
                "write `{{{name}}}` where the value stands, or remove `takes`"
            )),
        );
    }
}

/// Whether a form matches whatever comes: decided for literal forms, tried on samples for regexes.
fn takes_everything(form: &Form) -> bool {
    const SAMPLES: [&str; 5] = ["a", "0", "ERR x-1", "\u{E9} !", "zz_\0"];
    match form {
        Form::Literal(pieces) => {
            !pieces.is_empty()
                && pieces.iter().all(|piece| {
                    matches!(piece, FormPiece::BuiltIn(kind) if matches!(kind.name, "any" | "line"))
                })
        }
        Form::Regex(_) => form.regex_for("\u{1}").is_some_and(|source| {
            check_regex(&format!("(?s)^(?:{source})$"))
                .is_ok_and(|regex| SAMPLES.iter().all(|sample| regex.is_match(sample.as_bytes())))
        }),
    }
}

/// A canonical form without open places must not be what the word itself rejects.
fn check_not_rejected(
    context: &Context<'_>,
    canonical: &Located,
    form: &Form,
    rejected: &[(&Located, Option<Form>)],
    fold: bool,
) {
    if form.has_parameter() {
        return;
    }
    let Some(bytes) = form.bytes_for(b"") else {
        return;
    };
    for (located, form) in rejected {
        let Some(form) = form.as_ref().filter(|form| !form.has_parameter()) else {
            continue;
        };
        let source = form.regex_for("").unwrap_or_default();
        let flags = if fold { "(?i)" } else { "" };
        if check_regex(&format!("{flags}{source}")).is_ok_and(|regex| regex.is_match(&bytes)) {
            context.report(
                Diagnostic::new(
                    &codes::CANONICAL_IS_REJECTED,
                    located.span,
                    "this rejects the word's own canonical form",
                )
                .other(canonical.span, "found in here")
                .help("make the regex narrower"),
            );
        }
    }
}
