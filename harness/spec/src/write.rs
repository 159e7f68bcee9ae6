//! A spec as the text of a file: the inverse of [`load`](crate::load()).
//!
//! Keys whose value is the usual one are left out, and dialogues stand as authors write them. Comments
//! of the file that a spec was loaded from are not kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::corpus;
use crate::dialogue::is_unshowable;
use crate::model::{
    Body, Case, Derive, Echo, Framing, Needs, Redaction, Spec, Text, Visibility, Word,
};

/// The text of the file whose spec this is: loading it gives the same spec.
pub fn write(spec: &Spec) -> String {
    let mut out = Out::default();
    out.text("id", &spec.id);
    out.languages("title", &spec.title);
    out.text("summary.fr", &spec.summary.fr);
    out.text("summary.en", &spec.summary.en);
    out.text("source", &spec.source);
    out.text("transport", spec.transport.as_str());
    out.text("framing", spec.framing.as_str());
    out.text("serving", spec.serving.as_str());
    out.key("port", spec.port);
    for (key, truth) in [
        ("server-first", spec.server_first),
        ("server-closes", spec.server_closes),
    ] {
        out.unless(key, truth, false);
    }
    out.unless("styled", spec.styled, true);
    if spec.echo != Echo::None {
        out.text("echo", spec.echo.as_str());
    }
    out.text("control", &spec.control);
    for (name, word) in &spec.vocabulary {
        out.word(name, word);
    }
    for Redaction { pattern, with } in &spec.redactions {
        out.line("\n[[redactions]]");
        out.text("pattern", pattern);
        out.text("with", with);
    }
    for case in &spec.cases {
        out.case(case, spec.framing);
    }
    out.0
}

#[derive(Default)]
struct Out(String);

impl Out {
    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn key(&mut self, key: &str, value: impl std::fmt::Display) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn unless<T: PartialEq + std::fmt::Display>(&mut self, key: &str, value: T, usual: T) {
        if value != usual {
            self.key(key, value);
        }
    }

    fn text(&mut self, key: &str, text: &str) {
        self.key(
            key,
            match text.contains('\n') {
                true => block(text),
                false => string(text),
            },
        );
    }

    fn languages(&mut self, key: &str, Text { fr, en }: &Text) {
        self.key(
            key,
            format!("{{ fr = {}, en = {} }}", string(fr), string(en)),
        );
    }

    fn texts(&mut self, key: &str, texts: &[String]) {
        if !texts.is_empty() {
            self.key(key, list(texts.iter().map(String::as_str)));
        }
    }

    fn word(&mut self, name: &str, word: &Word) {
        // A name is letters, digits, `-` and `_`: a bare key.
        self.line(&format!("\n[vocabulary.{name}]"));
        self.texts("takes", &word.takes);
        self.text("canonical", &word.canonical);
        self.texts("accepted", &word.accepted);
        self.texts("rejected", &word.rejected);
        self.unless("fold", word.fold, false);
    }

    fn case(&mut self, case: &Case, framing: Framing) {
        self.line("\n[[case]]");
        self.text("id", &case.id);
        self.unless("version", case.version, 1);
        self.key("level", case.level);
        self.text("law", case.law.as_str());
        self.key("points", case.points);
        self.text("clause", &case.clause);
        self.languages("title", &case.title);
        if case.hint != Text::default() {
            self.languages("hint", &case.hint);
        }
        if case.needs != Needs::Address {
            self.text("needs", case.needs.as_str());
        }
        self.texts("after", &case.after);
        if case.visibility != Visibility::Shown {
            self.text("visibility", case.visibility.as_str());
        }
        if let Some(cause) = case.cause {
            self.text("cause", cause.as_str());
        }
        if let Some(serving) = case.serving {
            self.text("serving", serving.as_str());
        }
        if case.derive != Derive::usual(framing, case.level) {
            let families = [
                (case.derive.segmentation, "segmentation"),
                (case.derive.ends, "ends"),
                (case.derive.clients, "clients"),
            ];
            let chosen = families.iter().filter(|(is_on, _)| *is_on);
            self.key("derive", list(chosen.map(|(_, name)| *name)));
        }
        let shares = match &case.body {
            Body::Dialogue(dialogue) => dialogue.obstacle_to_sharing().is_none(),
            Body::Script(_) => false,
        };
        self.unless("packable", case.packable, shares);
        self.rows(case);
        match &case.body {
            Body::Dialogue(dialogue) => self.key("dialogue", block(&dialogue.to_string())),
            Body::Script(script) => self.key("script", block(script)),
        }
    }

    fn rows(&mut self, case: &Case) {
        let of_corpus = case.corpus.map_or(0, |half| corpus::entries(half).len());
        let own = &case.rows[..case.rows.len().saturating_sub(of_corpus)];
        if !own.is_empty() {
            self.line("rows = [");
            for row in own {
                self.line(&format!("    {},", inline(row)));
            }
            self.line("]");
        }
        if let Some(half) = case.corpus {
            self.text("corpus", half.as_str());
        }
    }
}

fn list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.map(string).collect();
    format!("[{}]", texts.join(", "))
}

fn inline(row: &BTreeMap<String, String>) -> String {
    let values: Vec<String> = (row.iter())
        .map(|(column, value)| format!("{column} = {}", string(value)))
        .collect();
    format!("{{ {} }}", values.join(", "))
}

/// A string of TOML on one line: literal where that saves escapes.
fn string(text: &str) -> String {
    let is_plain = |character: char| !is_unshowable(character);
    let stands_raw = text.chars().all(is_plain) && !text.contains('\'');
    match stands_raw && text.contains(['\\', '"']) {
        true => format!("'{text}'"),
        false => format!("\"{}\"", escaped(text, false)),
    }
}

/// A string of TOML over several lines.
fn block(text: &str) -> String {
    let is_plain = |character: char| matches!(character, '\n' | '\t') || !is_unshowable(character);
    match text.chars().all(is_plain) && !text.contains("'''") && !text.ends_with('\'') {
        true => format!("'''\n{text}'''"),
        false => format!("\"\"\"\n{}\"\"\"", escaped(text, true)),
    }
}

fn escaped(text: &str, line_feeds_stand: bool) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '\n' if line_feeds_stand => out.push('\n'),
            '\\' | '"' => {
                out.push('\\');
                out.push(character);
            }
            _ if is_unshowable(character) => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\U{:08X}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out
}
