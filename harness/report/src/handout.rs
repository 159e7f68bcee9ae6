//! The sheet that students get: what to build, what travels, what is checked, how to check oneself.
//!
//! Flow: a [`Spec`] → blocks of text in one language → Markdown, or one page for a browser. Nothing is
//! written here that the spec does not say, so a sheet and a grade never disagree.
//!
//! Invariant: of a case that students do not see, nothing but its being there gets in: no title, no
//! dialogue, no word of the vocabulary that only it uses.

mod example;
mod html;
mod ladder;
mod markdown;

use std::collections::BTreeSet;

use sockspec_case::built_in::asks_for_bounded_lines;
use sockspec_case::client::plan::has_clients;
use sockspec_spec::Spec;
use sockspec_spec::dialogue::{Act, Actor, PatternPiece, Step, print};
use sockspec_spec::model::{Body, Case, Law, Transport, Visibility, Word};
use sockspec_spec::vocabulary::BUILT_IN;

use crate::texts::{Lang, Texts};
use example::Example;
use ladder::Row;

/// A form in which the sheet is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// Markdown as GitHub and GitLab show it.
    #[default]
    Markdown,
    /// One page for a browser, which fetches nothing and runs nothing.
    Html,
}

/// How students name the exercise to the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The id, or the path of the spec file.
    pub exercise: String,
    /// Whether the command has a reference server and client for it.
    pub reference: bool,
}

/// The sheet of an exercise.
pub fn write(spec: &Spec, naming: &Naming, lang: Lang, form: Form) -> String {
    let blocks = Sheet {
        spec,
        naming,
        lang,
        texts: lang.texts(),
        shown: spec
            .server_cases()
            .map(|(_, case)| case)
            .filter(|case| is_shown(case) && !case.is_strict())
            .collect(),
        examples: example::all(spec, is_shown),
    }
    .blocks();
    match form {
        Form::Markdown => markdown::write(&blocks),
        Form::Html => html::write(&blocks, lang),
    }
}

/// A part of the sheet. In texts, backticks stand around code.
enum Block {
    /// 1 to 3.
    Heading(u8, String),
    Paragraph(String),
    Items(Vec<String>),
    Table(Vec<Vec<String>>),
    Code(&'static str, String),
    Ladder(Vec<Row>),
}

fn is_shown(case: &Case) -> bool {
    case.visibility == Visibility::Shown
}

struct Sheet<'a> {
    spec: &'a Spec,
    naming: &'a Naming,
    lang: Lang,
    texts: Texts,
    shown: Vec<&'a Case>,
    examples: Vec<Example<'a>>,
}

impl Sheet<'_> {
    fn blocks(&self) -> Vec<Block> {
        let title = self.lang.of(&self.spec.title).to_owned();
        let mut blocks = vec![Block::Heading(1, title)];
        self.build(&mut blocks);
        self.joined(&mut blocks);
        self.wire(&mut blocks);
        self.dialogues(&mut blocks);
        self.checked(&mut blocks);
        self.yourself(&mut blocks);
        blocks
    }

    fn build(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::Heading(2, self.texts.handout_build()));
        let summary = self.lang.of(&self.spec.summary).split("\n\n");
        let unfolded = summary.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        blocks.extend(unfolded.map(Block::Paragraph));
        if !self.spec.source.is_empty() {
            let source = self.texts.handout_source(&self.spec.source);
            blocks.push(Block::Paragraph(source));
        }
    }

    fn joined(&self, blocks: &mut Vec<Block>) {
        let (spec, texts) = (self.spec, self.texts);
        blocks.push(Block::Heading(2, texts.handout_joined()));
        let mut items = vec![texts.handout(&format!("transport-{}", spec.transport))];
        if spec.port > 0 && spec.transport != Transport::Unix {
            items.push(texts.handout_port(spec.port));
        }
        if spec.transport != Transport::None {
            items.push(match spec.transport {
                Transport::Udp => texts.handout("serving-datagrams"),
                _ => texts.handout(&format!("serving-{}", spec.serving)),
            });
        }
        if spec.server_first {
            items.push(texts.handout_server_first());
        }
        if spec.server_closes {
            items.push(texts.handout_server_closes());
        }
        blocks.push(Block::Items(items));
    }

    fn wire(&self, blocks: &mut Vec<Block>) {
        let (spec, texts) = (self.spec, self.texts);
        blocks.push(Block::Heading(2, texts.handout_wire()));
        let framing = texts.handout(&format!("framing-{}", spec.framing));
        blocks.push(Block::Paragraph(framing));
        if asks_for_bounded_lines(spec) {
            blocks.push(Block::Paragraph(texts.handout_bounded()));
        }
        if !spec.styled {
            blocks.push(Block::Paragraph(texts.handout_fixed()));
        }
        let words = self.words();
        if !words.is_empty() {
            blocks.push(Block::Heading(3, texts.handout_words()));
            let mut rows = vec![vec![texts.handout_word(), texts.handout_said()]];
            rows.extend(words.iter().map(|(name, word)| {
                let argument = word.takes.first().map(|name| format!(":{name}"));
                let name = format!("`{{{name}{}}}`", argument.unwrap_or_default());
                vec![name, self.said(word)]
            }));
            blocks.push(Block::Table(rows));
            if words.iter().any(|(_, word)| !word.accepted.is_empty()) {
                blocks.push(Block::Paragraph(texts.handout_free()));
            }
        }
    }

    /// What the reference server says for a word.
    fn said(&self, word: &Word) -> String {
        let source = word.canonical.strip_prefix('/');
        match source.and_then(|source| source.strip_suffix('/')) {
            Some(regex) => self.texts.handout_pattern(regex),
            None => format!("`{}`", word.canonical),
        }
    }

    /// The words of the vocabulary that the shown cases use.
    fn words(&self) -> Vec<(&str, &Word)> {
        let used: BTreeSet<String> = self.shown.iter().flat_map(|case| names(case)).collect();
        let words = self.spec.vocabulary.iter();
        words
            .filter(|(name, _)| used.contains(*name))
            .map(|(name, word)| (name.as_str(), word))
            .collect()
    }

    fn dialogues(&self, blocks: &mut Vec<Block>) {
        let texts = self.texts;
        blocks.push(Block::Heading(2, texts.handout_examples()));
        if self.examples.is_empty() {
            blocks.push(Block::Paragraph(texts.handout_no_example()));
            return;
        }
        blocks.push(Block::Paragraph(texts.handout_notation()));
        let mut examples = self.examples.iter();
        if examples.any(|one| one.dialogue.connections().len() > 1) {
            blocks.push(Block::Paragraph(texts.handout_several()));
        }
        if self.examples.iter().any(Example::has_groups) {
            blocks.push(Block::Paragraph(texts.handout_groups()));
        }
        for example in &self.examples {
            let title = capitalised(self.lang.of(&example.case.title));
            blocks.push(Block::Heading(3, title));
            blocks.push(Block::Code("dialogue", print(&example.dialogue)));
        }
        self.kinds(blocks);
        let drawn = self.examples.iter().find_map(|example| {
            let rows = ladder::rows(&example.dialogue, self.spec.framing, texts)?;
            Some((example.case, rows))
        });
        if let Some((case, rows)) = drawn {
            let title = texts.handout_ladder(self.lang.of(&case.title));
            blocks.push(Block::Paragraph(title));
            blocks.push(Block::Ladder(rows));
        }
    }

    /// The built-in kinds that the sheet leaves to be filled in.
    fn kinds(&self, blocks: &mut Vec<Block>) {
        let steps = self.examples.iter().flat_map(|one| one.dialogue.steps());
        let mut used: BTreeSet<&str> = steps
            .filter_map(|step| match &step.act {
                Act::Pattern(pattern) => Some(&pattern.0),
                _ => None,
            })
            .flatten()
            .filter_map(|piece| match piece {
                PatternPiece::Name { name, .. } => Some(name.as_str()),
                _ => None,
            })
            .collect();
        let words = self.words();
        let written = |kind: &str| {
            let brace = format!("{{{kind}}}");
            words
                .iter()
                .any(|(_, word)| word.canonical.contains(&brace))
        };
        let kinds = BUILT_IN.iter().map(|kind| kind.name);
        used.extend(kinds.clone().filter(|kind| written(kind)));
        let mut rows: Vec<Vec<String>> = kinds
            .filter(|kind| used.contains(kind))
            .map(|kind| {
                let meaning = self.texts.handout(&format!("kind-{kind}"));
                vec![format!("`{{{kind}}}`"), meaning]
            })
            .collect();
        if !rows.is_empty() {
            let head = vec![self.texts.handout_kind(), self.texts.handout_stands_for()];
            rows.insert(0, head);
            blocks.push(Block::Heading(3, self.texts.handout_kinds()));
            blocks.push(Block::Table(rows));
        }
    }

    fn checked(&self, blocks: &mut Vec<Block>) {
        let texts = self.texts;
        blocks.push(Block::Heading(2, texts.handout_checked()));
        blocks.push(Block::Paragraph(texts.handout_levels()));
        let derived = [
            (
                "derived-segmentation",
                self.shown.iter().any(|case| case.derive.segmentation),
            ),
            (
                "derived-ends",
                self.shown.iter().any(|case| case.derive.ends),
            ),
            (
                "derived-clients",
                self.shown
                    .iter()
                    .any(|case| case.derive.clients && case.id == self.spec.control),
            ),
        ];
        let mut items: Vec<String> = derived
            .iter()
            .filter(|(_, is_there)| *is_there)
            .map(|(slug, _)| texts.handout(slug))
            .collect();
        if !items.is_empty() {
            items.push(texts.handout("derived-points"));
            blocks.push(Block::Items(items));
        }
        for level in 1..=5 {
            self.level(level, blocks);
        }
        let asked = self
            .spec
            .server_cases()
            .filter(|(_, case)| !case.is_strict());
        let hidden = asked.count() - self.shown.len();
        if hidden > 0 {
            blocks.push(Block::Paragraph(texts.hidden_cases(hidden as u64)));
        }
        self.client(blocks);
    }

    /// What is checked of a client, where one may be handed in.
    fn client(&self, blocks: &mut Vec<Block>) {
        let texts = self.texts;
        let cases = self.spec.cases.iter();
        let cases: Vec<&Case> = cases
            .filter(|case| case.law == Law::Clients && is_shown(case))
            .collect();
        if cases.is_empty() {
            return;
        }
        blocks.push(Block::Heading(3, texts.handout("client")));
        let is_typed = |step: &Step| {
            matches!(step.actor, Actor::Client(_))
                && matches!(step.act, Act::Line(_) | Act::Bytes(_))
        };
        let takes_lines = |case: &&Case| match &case.body {
            Body::Dialogue(dialogue) => dialogue.steps().any(is_typed),
            Body::Script(_) => false,
        };
        let law = match self.spec.transport {
            Transport::Udp => "client-datagrams",
            _ if !cases.iter().any(takes_lines) => "client-untyped",
            Transport::Tcp | Transport::Unix | Transport::None => "client-streams",
        };
        blocks.push(Block::Paragraph(texts.handout(law)));
        blocks.push(self.table(&cases));
    }

    fn level(&self, level: u8, blocks: &mut Vec<Block>) {
        let texts = self.texts;
        let shown = self.shown.iter().copied();
        let cases: Vec<&Case> = shown.filter(|one| one.level == level).collect();
        if cases.is_empty() {
            return;
        }
        let points: u64 = cases.iter().map(|case| u64::from(case.points)).sum();
        let heading = texts.handout_level(&texts.level(level), points);
        blocks.push(Block::Heading(3, heading));
        blocks.push(self.table(&cases));
    }

    fn table(&self, cases: &[&Case]) -> Block {
        let texts = self.texts;
        let mut rows = vec![vec![
            texts.html_what(),
            texts.html_case(),
            texts.html_points(2),
        ]];
        rows.extend(cases.iter().map(|case| {
            vec![
                self.lang.of(&case.title).to_owned(),
                format!("`{}`", case.id),
                case.points.to_string(),
            ]
        }));
        Block::Table(rows)
    }

    fn yourself(&self, blocks: &mut Vec<Block>) {
        let (spec, texts) = (self.spec, self.texts);
        let exercise = &self.naming.exercise;
        let (place, address) = match spec.transport {
            Transport::None => ("", String::new()),
            Transport::Unix => ("{path}", "./socket".to_owned()),
            _ => ("{port}", format!("127.0.0.1:{}", spec.port)),
        };
        blocks.push(Block::Heading(2, texts.handout_yourself()));
        let mut say = |text: String, code: String| {
            blocks.push(Block::Paragraph(text));
            blocks.push(Block::Code("sh", code));
        };
        let run = match spec.transport {
            Transport::None => format!("sockspec grade {exercise} --run 'python3 {exercise}.py'\n"),
            _ => format!("sockspec grade {exercise} --run 'python3 server.py {place}'\n"),
        };
        let by_address = format!("sockspec grade {exercise} {address}\n");
        let by_hand: Vec<String> = self
            .examples
            .iter()
            .map(|example| example::by_hand(example, spec.framing, &address))
            .filter(|line| !line.is_empty() && spec.transport != Transport::None)
            .take(3)
            .collect();
        let reference = match spec.transport {
            Transport::None => format!("sockspec serve {exercise}\n"),
            _ => format!("sockspec serve {exercise}\nsockspec connect {exercise} {address}\n"),
        };
        say(texts.handout_run(), run);
        if spec.transport != Transport::None {
            say(texts.handout_address(), by_address);
        }
        if has_clients(spec) {
            let place = match spec.transport {
                Transport::Unix => "{path}",
                _ => "{host} {port}",
            };
            let run = format!("sockspec grade {exercise} --client 'python3 client.py {place}'\n");
            say(texts.handout("client-run"), run);
        }
        if !by_hand.is_empty() {
            say(texts.handout_by_hand(), by_hand.join("\n") + "\n");
        }
        if self.naming.reference {
            say(texts.handout_reference(), reference);
        }
        blocks.push(Block::Paragraph(texts.handout_explain()));
    }
}

/// The names in braces of a case's patterns, or of its script's.
fn names(case: &Case) -> Vec<String> {
    let text = match &case.body {
        Body::Dialogue(dialogue) => print(dialogue),
        Body::Script(source) => source.clone(),
    };
    let inside = text.split('{').skip(1);
    inside
        .filter_map(|rest| rest.split(['}', ':']).next())
        .map(str::to_owned)
        .collect()
}

/// Titles of cases begin small, as parts of a sentence do.
fn capitalised(title: &str) -> String {
    let mut characters = title.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}
