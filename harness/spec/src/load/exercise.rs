//! Reads the exercise: the file's own keys.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::MAX_CASES;
use super::cases::{self, CaseDraft};
use super::context::{Context, Located};
use super::fields::Fields;
use super::slugs::check_slug;
use super::words::{self, WordDraft};
use super::{ReadFile, files, names, scripts, steps, whole};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::Span;
use crate::model::{Echo, Framing, Redaction, Serving, Spec, Transport};
use crate::regexes::check_regex;

/// What the rest of a file is read by.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub(super) transport: Transport,
    pub(super) framing: Framing,
    pub(super) serving: Serving,
    pub(super) server_first: bool,
}

/// An exercise with its places, before its parts are compared.
pub(super) struct Draft {
    pub(super) spec: Spec,
    pub(super) setting: Setting,
    pub(super) control: Located,
    pub(super) words: Vec<WordDraft>,
    pub(super) cases: Vec<CaseDraft>,
    /// Where to point when something is missing in the whole.
    pub(super) header: Span,
}

/// Reads the root table of a file named `name`.
pub(super) fn read(
    context: &Context<'_>,
    root: &DeTable<'_>,
    name: &str,
    read: ReadFile<'_>,
) -> Draft {
    let fields = Fields::new(context, root, Span::default(), "a spec");
    let id = fields.required_text("id");
    check_slug(context, &id, "an id");
    check_file_name(context, &id, name);
    let title = fields.required_languages("title");
    let summary = fields.required_languages("summary");
    let source = fields.required_text("source").text;
    let transport = fields.required_choice("transport", Transport::Tcp);
    let framing = framing(&fields, transport);
    let setting = Setting {
        transport,
        framing,
        serving: fields.required_choice("serving", Serving::Parallel),
        server_first: fields
            .truth("server-first")
            .is_some_and(|truth| *truth.get_ref()),
    };
    let port = match transport {
        // A path takes the port's place, or nobody listens.
        Transport::Unix | Transport::None => fields.number("port", 0..=u32::from(u16::MAX), 0),
        _ => fields.required_number("port", 0..=u32::from(u16::MAX)),
    };
    let server_closes = fields
        .truth("server-closes")
        .is_some_and(|truth| *truth.get_ref());
    let styled = fields.truth("styled").is_none_or(|truth| *truth.get_ref());
    let echo = fields.choice("echo", Echo::None);
    let control = fields.required_text("control");
    let words = fields
        .entries("vocabulary", "a word")
        .into_iter()
        .map(|(name, fields)| words::read(name, fields))
        .collect();
    let data = fields
        .optional("data")
        .and_then(|value| fields.as_table(value, "the data files"))
        .map(|fields| files::read(fields, read));
    let data_file = fields.optional_text("data-file");
    let functions = fields.optional_text("functions").unwrap_or_default();
    scripts::compile(context, &functions);
    let redactions = fields
        .tables("redactions", "a redaction", MAX_CASES)
        .into_iter()
        .map(redaction)
        .collect();
    let cases = fields
        .tables("case", "a case", MAX_CASES)
        .into_iter()
        .map(|fields| cases::read(fields, setting))
        .collect();
    let header = fields.header;
    fields.finish();
    Draft {
        spec: Spec {
            id: id.text,
            title,
            summary,
            source,
            transport,
            framing,
            serving: setting.serving,
            // The range was checked above.
            port: u16::try_from(port).unwrap_or_default(),
            server_first: setting.server_first,
            server_closes,
            styled,
            echo,
            vocabulary: BTreeMap::new(),
            data: data.unwrap_or_default(),
            data_file: data_file.map(|located| located.text),
            functions: functions.text,
            redactions,
            control: control.text.clone(),
            cases: Vec::new(),
        },
        setting,
        control,
        words,
        cases,
        header,
    }
}

impl Draft {
    /// Compares the parts, and puts them together.
    pub(super) fn check(mut self, context: &Context<'_>) -> Spec {
        whole::check(context, &self);
        names::check(context, &self);
        files::check(context, &self);
        for case in &self.cases {
            steps::check(context, case, &self.words, self.setting);
        }
        self.spec.vocabulary = self
            .words
            .into_iter()
            .map(|draft| (draft.name.text, draft.word))
            .collect();
        self.spec.cases = self.cases.into_iter().map(CaseDraft::into_case).collect();
        self.spec
    }
}

fn framing(fields: &Fields<'_, '_>, transport: Transport) -> Framing {
    let fallback = match transport {
        Transport::Udp => Framing::Datagram,
        Transport::Tcp | Transport::Unix | Transport::None => Framing::Lines,
    };
    let framing = fields.required_choice("framing", fallback);
    if (transport == Transport::Udp) == (framing == Framing::Datagram) {
        return framing;
    }
    let span = fields
        .optional_text("framing")
        .map_or(fields.header, |located| located.span);
    let found = Diagnostic::new(
        &codes::FRAMING_AND_TRANSPORT,
        span,
        format!("`{framing}` does not go with `{transport}`"),
    );
    fields.context.report(match transport {
        Transport::Udp => found.help("the framing of `udp` is `datagram`"),
        _ => found.help("a stream's framing is `lines`, `bytes` or `recv`"),
    });
    fallback
}

/// The id and the file's name, where that is one of a spec.
fn check_file_name(context: &Context<'_>, id: &Located, name: &str) {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let Some(stem) = file.strip_suffix(".toml") else {
        return;
    };
    if !id.text.is_empty() && stem != id.text {
        context.report(
            Diagnostic::new(
                &codes::ID_IS_NOT_FILE_NAME,
                id.span,
                format!("the id is `{}`, and the file `{file}`", id.text),
            )
            .help(format!(
                "write `id = \"{stem}\"`, or rename the file to `{}.toml`",
                id.text
            )),
        );
    }
}

fn redaction(fields: Fields<'_, '_>) -> Redaction {
    let pattern = fields.required_text("pattern");
    if let Err(mistake) = check_regex(&pattern.text) {
        let place = pattern.place(mistake.span);
        fields.context.report(mistake.into_diagnostic(place));
    }
    let with = fields
        .required("with", "\"{…}\"")
        .and_then(|value| fields.context.text(value))
        .unwrap_or_default();
    fields.finish();
    Redaction {
        pattern: pattern.text,
        with: with.text,
    }
}
