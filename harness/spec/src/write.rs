//! A spec as the text of a file: the inverse of [`load`](crate::load()).
//!
//! Keys whose value is the usual one are left out, and dialogues stand as authors write them. Comments
//! of the file that a spec was loaded from are not kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::corpus;
use crate::dialogue::is_unshowable;
use crate::model::{
    Body, Case, Corpus, Data, Derive, Echo, Framing, Needs, Peer, Redaction, Setup, Spec, Text,
    Visibility, Word,
};

/// The text of the file whose spec this is: loading it gives the same spec.
pub fn write(spec: &Spec) -> String {
    // Every field by its name: a new one shows here when it is missing.
    let Spec {
        id,
        title,
        summary,
        source,
        transport,
        framing,
        serving,
        port,
        server_first,
        server_closes,
        styled,
        echo,
        vocabulary,
        data,
        data_file,
        functions,
        redactions,
        control,
        cases,
    } = spec;
    let mut out = Out::default();
    out.text("id", id);
    out.languages("title", title);
    out.text("summary.fr", &summary.fr);
    out.text("summary.en", &summary.en);
    out.text("source", source);
    out.text("transport", transport.as_str());
    out.text("framing", framing.as_str());
    out.text("serving", serving.as_str());
    out.key("port", port);
    out.unless("server-first", *server_first, false);
    out.unless("server-closes", *server_closes, false);
    out.unless("styled", *styled, true);
    if *echo != Echo::None {
        out.text("echo", echo.as_str());
    }
    out.text("control", control);
    if let Some(text) = data_file {
        out.text("data-file", text);
    }
    if !functions.is_empty() {
        out.text("functions", functions);
    }
    for (name, word) in vocabulary {
        out.word(name, word);
    }
    if *data != Data::default() {
        out.line("\n[data]");
        out.text("folder", &data.folder);
        let files = data.files.keys().map(String::as_str);
        out.key("files", list(files));
    }
    for Redaction { pattern, with } in redactions {
        out.line("\n[[redactions]]");
        out.text("pattern", pattern);
        out.text("with", with);
    }
    for case in cases {
        out.case(case, *framing);
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
        let Word {
            takes,
            canonical,
            accepted,
            rejected,
            fold,
        } = word;
        // A name is letters, digits, `-` and `_`: a bare key.
        self.line(&format!("\n[vocabulary.{name}]"));
        self.texts("takes", takes);
        self.text("canonical", canonical);
        self.texts("accepted", accepted);
        self.texts("rejected", rejected);
        self.unless("fold", *fold, false);
    }

    fn case(&mut self, case: &Case, framing: Framing) {
        let Case {
            id,
            version,
            level,
            law,
            points,
            clause,
            title,
            hint,
            needs,
            after,
            visibility,
            derive,
            packable,
            rows,
            corpus,
            cause,
            serving,
            servers,
            body,
        } = case;
        self.line("\n[[case]]");
        self.text("id", id);
        self.unless("version", *version, 1);
        self.key("level", level);
        self.text("law", law.as_str());
        self.key("points", points);
        self.text("clause", clause);
        self.languages("title", title);
        if *hint != Text::default() {
            self.languages("hint", hint);
        }
        if *needs != Needs::Address {
            self.text("needs", needs.as_str());
        }
        self.texts("after", after);
        if *visibility != Visibility::Shown {
            self.text("visibility", visibility.as_str());
        }
        if let Some(cause) = cause {
            self.text("cause", cause.as_str());
        }
        if let Some(serving) = serving {
            self.text("serving", serving.as_str());
        }
        self.servers(servers);
        if servers.is_empty() && *derive != Derive::usual(framing, *level) {
            let families = [
                (derive.segmentation, "segmentation"),
                (derive.ends, "ends"),
                (derive.clients, "clients"),
                (derive.loss, "loss"),
            ];
            let chosen = families.iter().filter(|(is_on, _)| *is_on);
            self.key("derive", list(chosen.map(|(_, name)| *name)));
        }
        let shares = match body {
            Body::Dialogue(dialogue) => dialogue.obstacle_to_sharing().is_none(),
            Body::Script(_) => false,
        };
        self.unless("packable", *packable, shares);
        self.rows(rows, *corpus);
        match body {
            Body::Dialogue(dialogue) => self.key("dialogue", block(&dialogue.to_string())),
            Body::Script(script) => self.key("script", block(script)),
        }
    }

    fn servers(&mut self, servers: &[Setup]) {
        if servers.is_empty() {
            return;
        }
        self.line("servers = [");
        for setup in servers {
            let Setup {
                peer,
                data_file,
                played,
            } = setup;
            let peer = match peer {
                Peer::None => None,
                Peer::Server(at) => Some((at + 1).to_string()),
                Peer::Dead => Some(Peer::DEAD.to_owned()),
                Peer::Silent => Some(Peer::SILENT.to_owned()),
            };
            let (asked, answer) = played.clone().map(|one| (one.asked, one.answer)).unzip();
            let keys = [
                ("peer", peer),
                ("data-file", data_file.clone()),
                ("asked", asked),
                ("answer", answer),
            ];
            let keys: BTreeMap<String, String> = (keys.into_iter())
                .filter_map(|(key, text)| Some((key.to_owned(), text?)))
                .collect();
            self.line(&format!("    {},", inline(&keys)));
        }
        self.line("]");
    }

    fn rows(&mut self, rows: &[BTreeMap<String, String>], corpus: Option<Corpus>) {
        let of_corpus = corpus.map_or(0, |half| corpus::entries(half).len());
        let own = &rows[..rows.len().saturating_sub(of_corpus)];
        if !own.is_empty() {
            self.line("rows = [");
            for row in own {
                self.line(&format!("    {},", inline(row)));
            }
            self.line("]");
        }
        if let Some(half) = corpus {
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
