//! Checks every name of every dialogue: words, built-in kinds, columns, captures.

use std::collections::BTreeSet;

use super::cases::Source;
use super::columns;
use super::context::{Context, Located};
use super::exercise::Draft;
use super::words::WordDraft;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::dialogue::{
    Act, Dialogue, Item, Part, Pattern, PatternPiece, Segment, Span, Step, is_name, print_regex,
};
use crate::model::Setup;
use crate::regexes::check_regex;
use crate::suggest::nearest_or_all;
use crate::vocabulary::{
    Argument, BUILT_IN, MAX_COUNT, built_in, is_reserved, name_span, parse_count,
};

/// Reports every name that means nothing, or two things, or comes too early.
pub(super) fn check(context: &Context<'_>, draft: &Draft) {
    let mut used_words = BTreeSet::new();
    let mut scripts = draft.spec.functions.clone();
    for case in &draft.cases {
        match &case.source {
            Source::Dialogue {
                text,
                dialogue,
                is_whole,
            } => {
                let mut names = Names {
                    context,
                    text,
                    words: &draft.words,
                    columns: &case.columns,
                    to_come: captures_of(dialogue),
                    // Where its servers are is known from the start.
                    bound: (0..case.case.servers.len()).map(Setup::name).collect(),
                    used_words: &mut used_words,
                    used_columns: BTreeSet::new(),
                };
                names.dialogue(dialogue);
                let used = names.used_columns;
                columns::check(context, case, &draft.words, &used, *is_whole);
            }
            Source::Script(text) => {
                scripts.push_str(&text.text);
                columns::check(context, case, &draft.words, &BTreeSet::new(), false);
            }
            Source::Nothing => {}
        }
        columns::check_titles(context, case);
    }
    let all_read = draft.cases.iter().all(|case| match &case.source {
        Source::Dialogue { is_whole, .. } => *is_whole,
        Source::Script(_) => true,
        Source::Nothing => false,
    });
    if all_read && !draft.cases.is_empty() {
        for word in &draft.words {
            let name = word.name.text.as_str();
            let is_usable = is_name(name) && !is_reserved(name);
            if is_usable && !used_words.contains(name) && !scripts.contains(name) {
                context.report(
                    Diagnostic::new(
                        &codes::UNUSED_WORD,
                        word.name.span,
                        format!("no case uses `{name}`"),
                    )
                    .help("use it, or remove it"),
                );
            }
        }
    }
}

/// The names that the patterns of a dialogue capture, wherever they stand.
fn captures_of(dialogue: &Dialogue) -> BTreeSet<String> {
    dialogue.steps().flat_map(captures_of_step).collect()
}

fn captures_of_step(step: &Step) -> Vec<String> {
    let Act::Pattern(Pattern(pieces)) = &step.act else {
        return Vec::new();
    };
    pieces
        .iter()
        .filter_map(|piece| match piece {
            PatternPiece::Name {
                name,
                argument: Some(argument),
            } if built_in(name).is_some_and(|kind| kind.takes == Argument::Capture) => {
                Some(argument.clone())
            }
            _ => None,
        })
        .collect()
}

/// The names known at one point of a dialogue.
struct Names<'a, 's> {
    context: &'a Context<'s>,
    text: &'a Located,
    words: &'a [WordDraft],
    columns: &'a [Located],
    /// Every capture of the dialogue, to tell one that comes later from one that never comes.
    to_come: BTreeSet<String>,
    bound: BTreeSet<String>,
    used_words: &'a mut BTreeSet<String>,
    used_columns: BTreeSet<String>,
}

impl Names<'_, '_> {
    fn dialogue(&mut self, dialogue: &Dialogue) {
        for item in &dialogue.items {
            match item {
                Item::Comment(comment) => self.comment(comment),
                Item::Step(step) => self.step(step),
                Item::Either(branches) => self.either(branches),
                Item::AnyOrder(steps) => self.any_order(steps),
            }
        }
    }

    /// A comment may say which row is played.
    fn comment(&mut self, comment: &str) {
        for column in self.columns {
            if columns::is_named(comment, &column.text) {
                self.used_columns.insert(column.text.clone());
            }
        }
    }

    /// Only what every branch captures is known afterwards.
    fn either(&mut self, branches: &[Vec<Step>]) {
        let before = self.bound.clone();
        let mut after: Option<BTreeSet<String>> = None;
        for branch in branches {
            self.bound.clone_from(&before);
            for step in branch {
                self.step(step);
            }
            let bound = std::mem::take(&mut self.bound);
            after = Some(match after {
                Some(known) => known.intersection(&bound).cloned().collect(),
                None => bound,
            });
        }
        self.bound = after.unwrap_or(before);
    }

    /// What one step captures is known only after the group, as the order is open.
    fn any_order(&mut self, steps: &[Step]) {
        let mut after = self.bound.clone();
        for step in steps {
            let before = self.bound.clone();
            self.step(step);
            for name in captures_of_step(step) {
                if !after.insert(name.clone()) && !before.contains(&name) {
                    self.report_bound_twice(step.span, &name);
                }
            }
            self.bound = before;
        }
        self.bound = after;
    }

    fn step(&mut self, step: &Step) {
        let mut cursor = step.span.start;
        match &step.act {
            Act::Line(segments) | Act::Bytes(segments) => {
                for part in segments.iter().flat_map(|Segment(parts)| parts) {
                    let (word, value) = match part {
                        Part::Value(name) => (name.as_str(), Some(name.as_str())),
                        Part::File(path) => ("file", path.strip_prefix('$')),
                        Part::Size(path) => ("size", path.strip_prefix('$')),
                        Part::Literal(_) | Part::Repeat { .. } => continue,
                    };
                    let span = self.span(&mut cursor, step, word);
                    if let Some(name) = value {
                        self.value(name, span);
                    }
                }
            }
            Act::Pattern(Pattern(pieces)) => {
                for piece in pieces {
                    match piece {
                        PatternPiece::Literal(_) => {}
                        PatternPiece::Name { name, argument } => {
                            let span = self.span(&mut cursor, step, name);
                            self.pattern_name(name, argument.as_deref(), span);
                        }
                        PatternPiece::Regex(source) => self.regex(source, &mut cursor, step),
                    }
                }
            }
            Act::Event(_) => {}
        }
    }

    /// Where `{name` stands in the step, behind the cursor.
    fn span(&self, cursor: &mut usize, step: &Step, name: &str) -> Span {
        let line = self.text.text.get(..step.span.end).unwrap_or_default();
        name_span(line, cursor, name)
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.context
            .report(diagnostic.moved(|span| self.text.place(span)));
    }

    /// Whether a name is a column or a capture that is known by now.
    fn has_value(&mut self, name: &str) -> bool {
        if self.columns.iter().any(|column| column.text == name) {
            self.used_columns.insert(name.to_owned());
            return true;
        }
        self.bound.contains(name)
    }

    /// `{name}` in exact text, or `$name` in an argument.
    fn value(&mut self, name: &str, span: Span) {
        if self.has_value(name) {
            return;
        }
        if self.to_come.contains(name) {
            self.report_too_early(name, span);
            return;
        }
        let found = Diagnostic::new(
            &codes::UNKNOWN_VALUE,
            span,
            format!("no column and no earlier capture is named `{name}`"),
        );
        let is_pattern = is_reserved(name) || self.words.iter().any(|word| word.name.text == name);
        let known = self.values();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.report(if is_pattern {
            found.help(format!("`{name}` belongs in a pattern: write `~` for `:`"))
        } else if known.is_empty() {
            found.help(format!(
                "add `rows = [{{ {name} = \"…\" }}]`, or escape the brace: `\\{{`"
            ))
        } else {
            found.help(nearest_or_all(name, &known))
        });
    }

    /// The columns and the captures known by now.
    fn values(&self) -> Vec<String> {
        let columns = self.columns.iter().map(|column| column.text.clone());
        columns.chain(self.bound.iter().cloned()).collect()
    }

    fn report_too_early(&self, name: &str, span: Span) {
        self.report(
            Diagnostic::new(
                &codes::USED_BEFORE_BOUND,
                span,
                format!("`{name}` is used before it is captured"),
            )
            .help("a capture is known in the steps after its own; of `either`, what all branches capture"),
        );
    }

    fn report_bound_twice(&self, span: Span, name: &str) {
        self.report(
            Diagnostic::new(
                &codes::BAD_CAPTURE,
                span,
                format!("`{name}` is captured already"),
            )
            .help(format!(
                "to require the same value write `{{{name}}}`; else choose another name"
            )),
        );
    }

    fn pattern_name(&mut self, name: &str, argument: Option<&str>, span: Span) {
        if let Some(kind) = built_in(name) {
            match argument {
                Some(capture) if kind.takes == Argument::Capture => self.capture(capture, span),
                None if kind.takes == Argument::Capture => {}
                Some(text) => match text.strip_prefix('$').filter(|value| is_name(value)) {
                    Some(value) => self.value(value, span),
                    None if kind.takes == Argument::Count && parse_count(text).is_none() => {
                        self.report_bad_count(name, text, span);
                    }
                    None => {}
                },
                None => self.report(
                    Diagnostic::new(
                        &codes::ARGUMENT_COUNT,
                        span,
                        format!("`{name}` lacks its argument"),
                    )
                    .help(match kind.takes {
                        Argument::Count => format!("write `{{{name}:8}}`, with a number of bytes"),
                        _ => format!("write `{{{name}:…}}`, with the text"),
                    }),
                ),
            }
        } else if let Some(word) = self.words.iter().find(|word| word.name.text == name) {
            self.used_words.insert(name.to_owned());
            self.word(word, argument, span);
        } else if self.has_value(name) {
            if argument.is_some() {
                self.report(
                    Diagnostic::new(
                        &codes::ARGUMENT_COUNT,
                        span,
                        format!("`{name}` is a value and takes no argument"),
                    )
                    .help(format!("write `{{{name}}}`")),
                );
            }
        } else if self.to_come.contains(name) {
            self.report_too_early(name, span);
        } else {
            self.report_unknown(name, span);
        }
    }

    fn report_bad_count(&self, name: &str, text: &str, span: Span) {
        self.report(
            Diagnostic::new(
                &codes::ARGUMENT_COUNT,
                span,
                format!("`{text}` is not a number of bytes"),
            )
            .help(format!(
                "write `{{{name}:8}}` or `{{{name}:0..512}}`, up to {MAX_COUNT}"
            )),
        );
    }

    fn word(&mut self, word: &WordDraft, argument: Option<&str>, span: Span) {
        let name = &word.name.text;
        let parameter = word.word.takes.first();
        let (problem, help) = match (parameter, argument) {
            (Some(_), Some(argument)) => {
                if let Some(value) = argument.strip_prefix('$').filter(|value| is_name(value)) {
                    self.value(value, span);
                }
                return;
            }
            (None, None) => return,
            (Some(parameter), None) => (
                format!("`{name}` lacks its argument"),
                format!("write `{{{name}:{parameter}}}`, with the value of `{parameter}`"),
            ),
            (None, Some(_)) => (
                format!("`{name}` takes no argument"),
                format!("write `{{{name}}}`, or add `takes = [\"v\"]` to the word"),
            ),
        };
        self.report(Diagnostic::new(&codes::ARGUMENT_COUNT, span, problem).help(help));
    }

    fn capture(&mut self, capture: &str, span: Span) {
        let problem = if !is_name(capture) {
            format!("`{capture}` is not a name for a capture")
        } else if is_reserved(capture)
            || self.words.iter().any(|word| word.name.text == capture)
            || self.columns.iter().any(|column| column.text == capture)
        {
            format!("`{capture}` is the name of something else")
        } else if self.bound.contains(capture) {
            return self.report_bound_twice(span, capture);
        } else {
            self.bound.insert(capture.to_owned());
            return;
        };
        self.report(
            Diagnostic::new(&codes::BAD_CAPTURE, span, problem)
                .help("for example `{int:n}`: captured as `n`, used as `{n}`"),
        );
    }

    fn report_unknown(&self, name: &str, span: Span) {
        let values = self.values();
        let known: Vec<&str> = self
            .words
            .iter()
            .map(|word| word.name.text.as_str())
            .chain(values.iter().map(String::as_str))
            .chain(BUILT_IN.iter().map(|kind| kind.name))
            .collect();
        self.report(
            Diagnostic::new(
                &codes::UNKNOWN_NAME,
                span,
                format!("nothing is named `{name}`"),
            )
            .help(nearest_or_all(name, &known)),
        );
    }

    fn regex(&self, source: &str, cursor: &mut usize, step: &Step) {
        let line = self.text.text.get(..step.span.end).unwrap_or_default();
        let written = print_regex(source);
        // The regex stands in the line as it would be printed, if not, the whole line is shown.
        let start = line
            .get(*cursor..)
            .and_then(|rest| rest.find(&written))
            .map(|at| *cursor + at);
        if let Some(start) = start {
            *cursor = start + written.len();
        }
        if let Err(mistake) = check_regex(source) {
            // Each slash has a backslash in the line, which the source does not have.
            let place = |at: usize| 1 + at + source[..at].matches('/').count();
            let span = start.map_or(step.span, |start| Span {
                start: start + place(mistake.span.start),
                end: start + place(mistake.span.end),
            });
            self.report(mistake.into_diagnostic(span));
        }
    }
}
