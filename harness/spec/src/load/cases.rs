//! Reads the cases.

use std::collections::BTreeMap;

use super::context::{Context, Located, span_of};
use super::exercise::Setting;
use super::fields::{Fields, not_allowed};
use super::slugs::check_slug;
use super::{MAX_CASES, MAX_ROWS, scripts, servers};
use crate::codes;
use crate::corpus;
use crate::diagnostic::Diagnostic;
use crate::dialogue::{
    Dialogue, MAX_DIALOGUE_BYTES, is_name, parse_recovering, parse_value, print_bytes,
    repeated_bytes,
};
use crate::model::{Body, Case, Corpus, Derive, Framing, Law, Needs, Visibility};
use crate::vocabulary::is_reserved;

type Row = BTreeMap<String, String>;

/// A case with its places.
pub(super) struct CaseDraft {
    pub(super) case: Case,
    pub(super) id: Located,
    pub(super) after: Vec<Located>,
    /// The columns of the rows, where the first row names them.
    pub(super) columns: Vec<Located>,
    pub(super) source: Source,
}

/// What the case plays, with its text.
pub(super) enum Source {
    /// A dialogue; the spans of its steps are places in the text.
    Dialogue {
        text: Located,
        dialogue: Dialogue,
        /// Whether every line could be read.
        is_whole: bool,
    },
    Script(Located),
    /// A mistake already reported.
    Nothing,
}

impl CaseDraft {
    pub(super) fn case(&self) -> &Case {
        &self.case
    }

    /// The case, the spans of its steps carried into the file.
    pub(super) fn into_case(self) -> Case {
        let mut case = self.case;
        case.body = match self.source {
            Source::Dialogue {
                text, mut dialogue, ..
            } => {
                for step in dialogue.steps_mut() {
                    step.span = text.place(step.span);
                }
                Body::Dialogue(dialogue)
            }
            Source::Script(text) => Body::Script(text.text),
            Source::Nothing => Body::Script(String::new()),
        };
        case
    }
}

/// Reads `[[case]]`.
pub(super) fn read(fields: Fields<'_, '_>, setting: Setting) -> CaseDraft {
    let context = fields.context;
    let id = fields.required_text("id");
    check_slug(context, &id, "an id");
    let version = fields.number("version", 1..=u32::MAX, 1);
    let level = u8::try_from(fields.required_number("level", 1..=5)).unwrap_or(1);
    let law = fields.required_choice("law", Law::Protocol);
    let points = fields.number("points", 0..=1000, 1);
    let clause = fields.required_text("clause").text;
    let title = fields.required_languages("title");
    let hint = fields.optional_languages("hint");
    let needs = fields.choice("needs", Needs::Address);
    let after = fields.set("after", MAX_CASES).unwrap_or_default();
    let visibility = fields.choice("visibility", Visibility::Shown);
    let cause = fields.optional_choice("cause");
    let serving = fields.optional_choice("serving");
    let (columns, rows, corpus) = rows(&fields);
    let source = source(&fields);
    let servers = servers::read(&fields);
    let derive = match servers.is_empty() {
        true => derive(&fields, setting, level),
        false => servers::no_family(&fields),
    };
    let packable = packable(&fields, &source);
    fields.finish();
    CaseDraft {
        case: Case {
            id: id.text.clone(),
            version,
            level,
            law,
            points,
            clause,
            title,
            hint,
            needs,
            after: after.iter().map(|located| located.text.clone()).collect(),
            visibility,
            derive,
            packable,
            rows,
            corpus,
            cause,
            serving,
            servers,
            body: Body::Script(String::new()),
        },
        id,
        after,
        columns,
        source,
    }
}

/// The columns, the rows, and which half of the corpus the last of them are.
fn rows(fields: &Fields<'_, '_>) -> (Vec<Located>, Vec<Row>, Option<Corpus>) {
    let context = fields.context;
    let mut columns: Vec<Located> = Vec::new();
    let mut rows = Vec::new();
    let mut repeated = 0;
    for (index, row) in fields
        .tables("rows", "a row", MAX_ROWS)
        .into_iter()
        .enumerate()
    {
        let entries = row.named_texts();
        for (name, value) in &entries {
            if index == 0 {
                check_column(context, name);
            }
            match parse_value(&value.text) {
                Ok(parts) => repeated += repeated_bytes(&parts),
                Err(found) => {
                    for diagnostic in found {
                        context.report(diagnostic.moved(|span| value.place(span)));
                    }
                }
            }
        }
        if index == 0 {
            columns = entries.iter().map(|(name, _)| name.clone()).collect();
        } else {
            compare_columns(context, &columns, &row, &entries);
        }
        rows.push(
            entries
                .into_iter()
                .map(|(name, value)| (name.text, value.text))
                .collect(),
        );
    }
    if repeated > MAX_DIALOGUE_BYTES {
        context.report(
            Diagnostic::new(
                &codes::TOO_LONG,
                fields.header,
                "the repetitions in the rows of this case make more than 64 MiB",
            )
            .help("repeat less, or make several cases of it"),
        );
    }
    let corpus = add_corpus(fields, &mut columns, &mut rows);
    (columns, rows, corpus)
}

/// Adds a row for each text of the corpus that the case names.
fn add_corpus(
    fields: &Fields<'_, '_>,
    columns: &mut Vec<Located>,
    rows: &mut Vec<Row>,
) -> Option<Corpus> {
    let value = fields.optional("corpus")?;
    let corpus = fields.chosen::<Corpus>(Some(value))?;
    let span = span_of(value);
    if let Some(other) = columns.iter().find(|column| column.text != corpus::COLUMN) {
        fields.context.report(
            Diagnostic::new(
                &codes::UNEVEN_ROWS,
                span,
                format!("the corpus has the column `{}` only", corpus::COLUMN),
            )
            .other(other.span, "the rows have another"),
        );
    }
    if columns.is_empty() {
        columns.push(Located::named(corpus::COLUMN, span));
    }
    rows.extend(
        corpus::entries(corpus)
            .iter()
            .map(|entry| BTreeMap::from([(corpus::COLUMN.to_owned(), print_bytes(&entry.bytes))])),
    );
    Some(corpus)
}

fn check_column(context: &Context<'_>, name: &Located) {
    if !is_name(&name.text) {
        context.report(
            Diagnostic::new(
                &codes::BAD_NAME,
                name.span,
                format!("`{}` is not a name", name.text),
            )
            .help("a column's name is a letter from A to Z, then letters, digits, `-` and `_`"),
        );
    } else if is_reserved(&name.text) {
        context.report(
            Diagnostic::new(
                &codes::RESERVED_NAME,
                name.span,
                format!("`{}` is reserved", name.text),
            )
            .help("give the column another name"),
        );
    }
}

fn compare_columns(
    context: &Context<'_>,
    columns: &[Located],
    row: &Fields<'_, '_>,
    entries: &[(Located, Located)],
) {
    for column in columns {
        if !entries.iter().any(|(name, _)| name.text == column.text) {
            context.report(
                Diagnostic::new(
                    &codes::UNEVEN_ROWS,
                    row.header,
                    format!("this row lacks `{}`", column.text),
                )
                .other(column.span, "the first row has it"),
            );
        }
    }
    for (name, _) in entries {
        if !columns.iter().any(|column| column.text == name.text) {
            let first = columns.first().map_or(row.header, |column| column.span);
            context.report(
                Diagnostic::new(
                    &codes::UNEVEN_ROWS,
                    name.span,
                    format!("only this row has `{}`", name.text),
                )
                .other(first, "the first row does not"),
            );
        }
    }
}

fn source(fields: &Fields<'_, '_>) -> Source {
    let context = fields.context;
    let dialogue = fields.optional("dialogue");
    let script = fields.optional("script");
    match (dialogue, script) {
        (Some(_), Some(script)) => {
            let span = context.text(script).map_or(fields.header, |text| text.span);
            context.report(
                Diagnostic::new(
                    &codes::TWO_BODIES,
                    context.first_line(span),
                    "this case has a dialogue and a script",
                )
                .other(fields.header, "in this case")
                .help("make two cases of it"),
            );
        }
        (None, None) => context.report(
            Diagnostic::new(&codes::NO_BODY, fields.header, "this case plays nothing")
                .help("add a `dialogue`, or a `script` where play must adapt"),
        ),
        _ => {}
    }
    if let Some(value) = dialogue {
        let Some(text) = context.text(value) else {
            return Source::Nothing;
        };
        let (dialogue, found) = parse_recovering(&text.text);
        let is_whole = found.is_empty();
        for diagnostic in found {
            context.report(diagnostic.moved(|span| text.place(span)));
        }
        return Source::Dialogue {
            text,
            dialogue,
            is_whole,
        };
    }
    match script.and_then(|value| context.text(value)) {
        Some(text) => {
            scripts::check(context, &text);
            Source::Script(text)
        }
        None => Source::Nothing,
    }
}

fn derive(fields: &Fields<'_, '_>, setting: Setting, level: u8) -> Derive {
    let can_be_cut = matches!(setting.framing, Framing::Lines | Framing::Bytes);
    let can_be_lost = setting.framing == Framing::Datagram;
    let Some(families) = fields.set("derive", MAX_CASES) else {
        return Derive::usual(setting.framing, level);
    };
    let mut derive = Derive::default();
    for family in families {
        match family.text.as_str() {
            "segmentation" => derive.segmentation = true,
            "ends" => derive.ends = true,
            "clients" => derive.clients = true,
            "loss" => derive.loss = true,
            other => {
                fields
                    .context
                    .report(not_allowed(&family, other, Derive::FAMILIES));
                continue;
            }
        }
        let why = match family.text.as_str() {
            "segmentation" if !can_be_cut => "cuts are not free",
            "loss" if !can_be_lost => "nothing is lost",
            _ => continue,
        };
        fields.context.report(
            Diagnostic::new(
                &codes::CANNOT_DERIVE,
                family.span,
                format!("with the framing `{}`, {why}", setting.framing),
            )
            .help(format!("take `{}` out, or leave `derive` out", family.text)),
        );
    }
    derive
}

/// Whether the case may share a connection: by default where nothing speaks against it.
fn packable(fields: &Fields<'_, '_>, source: &Source) -> bool {
    let truth = fields.truth("packable");
    let obstacle = match source {
        Source::Dialogue { dialogue, .. } => dialogue.obstacle_to_sharing(),
        Source::Script(_) => Some("a script"),
        Source::Nothing => None,
    };
    match truth {
        None => obstacle.is_none(),
        Some(truth) => {
            if let Some(obstacle) = obstacle.filter(|_| *truth.get_ref()) {
                fields.context.report(
                    Diagnostic::new(
                        &codes::CANNOT_PACK,
                        span_of(&truth),
                        format!("a case with {obstacle} cannot share its connection"),
                    )
                    .help("leave `packable` out"),
                );
            }
            *truth.get_ref()
        }
    }
}
