//! The parser of a whole dialogue: lines, groups, limits.

use std::cell::RefCell;

use super::characters::report_unshowable;
use super::line::{self, Sink};
use super::text;
use super::{
    Act, Dialogue, Item, MAX_DIALOGUE_BYTES, MAX_REPEATED_BYTES, MAX_STEPS, Part, Pattern, Span,
    Step,
};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// Reads a dialogue.
///
/// Lines end with LF or CR LF; blank lines and indentation do not count. A comment inside a group is
/// moved before the group.
///
/// # Errors
/// Every mistake of the text, in the order of the text; spans are byte ranges in `text`.
pub fn parse(text: &str) -> Result<Dialogue, Vec<Diagnostic>> {
    let (dialogue, found) = parse_recovering(text);
    if found.is_empty() {
        Ok(dialogue)
    } else {
        Err(found)
    }
}

/// Reads bytes written as exact text without names and segments, as in a value of a case's rows: the
/// inverse of [`super::print_bytes`]. Every character counts; braces and pipes are escaped, and
/// `{repeat:COUNT:TEXT}` is written out.
///
/// # Errors
/// Every mistake of the text; spans are byte ranges in `text`.
pub fn parse_bytes(text: &str) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut bytes = Vec::new();
    for part in parse_value(text)? {
        match part {
            Part::Literal(literal) => bytes.extend(literal),
            Part::Repeat {
                count,
                bytes: repeated,
            } => {
                for _ in 0..count {
                    bytes.extend_from_slice(&repeated);
                }
            }
            // A value holds no names.
            Part::Value(_) | Part::File(_) | Part::Size(_) => {}
        }
    }
    Ok(bytes)
}

/// Reads a value of a case's rows without writing out its repetitions, which make 16 MiB at most. There
/// are no names in it.
///
/// # Errors
/// Every mistake of the text; spans are byte ranges in `text`.
pub fn parse_value(text: &str) -> Result<Vec<Part>, Vec<Diagnostic>> {
    let found = RefCell::new(Vec::new());
    let parts = text::value(&mut Sink::new(0, &found).input(text));
    if repeated_bytes(&parts) > MAX_REPEATED_BYTES {
        let span = Span {
            start: 0,
            end: text.len(),
        };
        found.borrow_mut().push(
            Diagnostic::new(
                &codes::TOO_LONG,
                span,
                "the repetitions of this value make more than 16 MiB",
            )
            .help("repeat less"),
        );
    }
    let found = found.into_inner();
    if found.is_empty() {
        Ok(parts)
    } else {
        Err(found)
    }
}

/// Reads the literal form of a vocabulary word. Pieces are literals and names only.
pub(crate) fn parse_form(text: &str) -> (Pattern, Vec<Diagnostic>) {
    let found = RefCell::new(Vec::new());
    let pattern = text::literal_form(&mut Sink::new(0, &found).input(text));
    (pattern, found.into_inner())
}

/// Reads the lines that can be read; the dialogue is whole only when nothing was found.
pub(crate) fn parse_recovering(text: &str) -> (Dialogue, Vec<Diagnostic>) {
    let found = RefCell::new(Vec::new());
    let mut reader = Reader {
        found: &found,
        items: Vec::new(),
        group: None,
        ignored_groups: 0,
        steps: 0,
        repeated_bytes: 0,
    };
    let mut base = 0;
    for whole in text.split_inclusive('\n') {
        reader.line(whole, base);
        base += whole.len();
        if reader.is_too_long() {
            break;
        }
    }
    reader.finish();
    let dialogue = Dialogue {
        items: reader.items,
    };
    let mut found = found.into_inner();
    found.sort_by_key(|diagnostic| diagnostic.label.span.start);
    (dialogue, found)
}

struct Reader<'a> {
    found: &'a RefCell<Vec<Diagnostic>>,
    items: Vec<Item>,
    group: Option<Group>,
    /// How many groups are open inside a group: a mistake already reported.
    ignored_groups: usize,
    steps: usize,
    repeated_bytes: u64,
}

/// A group that is not closed yet.
struct Group {
    /// The line that opened it.
    opened: Span,
    /// The line that opened the last branch.
    branch_opened: Span,
    /// `any order` has one branch.
    branches: Vec<Vec<Step>>,
    is_either: bool,
    /// Whether the last branch has a line, be it a wrong one.
    branch_has_line: bool,
}

impl Reader<'_> {
    /// Reads one line, its end included, that begins at byte `base`.
    fn line(&mut self, whole: &str, base: usize) {
        let line = whole.strip_suffix('\n').unwrap_or(whole);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let text = line.trim_start_matches([' ', '\t']);
        let start = base + line.len() - text.len();
        let span = Span {
            start,
            end: start + text.trim_end_matches([' ', '\t']).len(),
        };
        match text.trim_end_matches([' ', '\t']) {
            "" => {}
            "either" => self.open(span, true),
            "any order" => self.open(span, false),
            "or" => self.or(span),
            "end" => self.end(span),
            _ => match text.strip_prefix('#') {
                Some(comment) => self.comment(comment, start + 1),
                None => self.step(text, start),
            },
        }
    }

    fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    fn comment(&mut self, text: &str, start: usize) {
        let sink = Sink::new(0, self.found);
        for (at, character) in text.char_indices() {
            if character != '\t' {
                let span = Span {
                    start: start + at,
                    end: start + at + character.len_utf8(),
                };
                report_unshowable(sink, span, character);
            }
        }
        let text = text.strip_prefix(' ').unwrap_or(text);
        self.items.push(Item::Comment(text.to_owned()));
    }

    fn step(&mut self, text: &str, start: usize) {
        let before = self.found.borrow().len();
        let step = line::step(&mut Sink::new(start, self.found).input(text));
        let is_good = self.found.borrow().len() == before;
        if let Some(group) = &mut self.group {
            group.branch_has_line = true;
        }
        self.steps += 1;
        let Some((actor, act)) = step.filter(|_| is_good) else {
            return;
        };
        self.repeated_bytes += repeated_by(&act);
        let span = Span {
            start,
            end: start + text.len(),
        };
        let step = Step { actor, act, span };
        match &mut self.group {
            Some(group) => {
                if let Some(branch) = group.branches.last_mut() {
                    branch.push(step);
                }
            }
            None => self.items.push(Item::Step(step)),
        }
    }

    fn is_too_long(&mut self) -> bool {
        let problem = if self.steps > MAX_STEPS {
            format!("this dialogue has more than {MAX_STEPS} steps")
        } else if self.repeated_bytes > MAX_DIALOGUE_BYTES {
            "the repetitions of this dialogue make more than 64 MiB".to_owned()
        } else {
            return false;
        };
        let last = self.items.iter().flat_map(Item::steps).last();
        let span = last.map_or_else(Span::default, |step| step.span);
        self.report(
            Diagnostic::new(&codes::TOO_LONG, span, problem)
                .label("the limit is passed here")
                .help("make several cases of it, or a `script`"),
        );
        true
    }

    fn open(&mut self, span: Span, is_either: bool) {
        if let Some(group) = &self.group {
            self.report(
                Diagnostic::new(&codes::NESTED_GROUP, span, "a group opens inside another")
                    .other(group.opened, "this group is still open")
                    .help("close the first group with `end`, or write out the branches"),
            );
            self.ignored_groups += 1;
            return;
        }
        self.group = Some(Group {
            opened: span,
            branch_opened: span,
            branches: vec![Vec::new()],
            is_either,
            branch_has_line: false,
        });
    }

    fn or(&mut self, span: Span) {
        if self.ignored_groups > 0 {
            return;
        }
        let Some(mut group) = self.group.take() else {
            self.report(
                Diagnostic::new(&codes::STRAY_KEYWORD, span, "`or` stands outside a group")
                    .help("open the group with `either`"),
            );
            return;
        };
        if group.is_either {
            self.report_empty_branch(&group);
            group.branches.push(Vec::new());
            group.branch_opened = span;
            group.branch_has_line = false;
        } else {
            self.report(
                Diagnostic::new(&codes::STRAY_KEYWORD, span, "`or` stands in `any order`")
                    .other(group.opened, "in this group every step must happen")
                    .help("for one of several, open the group with `either`"),
            );
        }
        self.group = Some(group);
    }

    fn end(&mut self, span: Span) {
        if self.ignored_groups > 0 {
            self.ignored_groups -= 1;
            return;
        }
        let Some(group) = self.group.take() else {
            self.report(
                Diagnostic::new(&codes::STRAY_KEYWORD, span, "`end` closes nothing")
                    .help("open a group with `either` or `any order`, or remove the line"),
            );
            return;
        };
        self.report_empty_branch(&group);
        if group.is_either && group.branches.len() == 1 {
            self.report(
                Diagnostic::new(
                    &codes::EMPTY_BRANCH,
                    group.opened,
                    "this `either` has one branch only",
                )
                .other(span, "no `or` before the end")
                .help("add `or` and another branch, or remove `either` and `end`"),
            );
        }
        self.items.push(group.into_item());
    }

    fn report_empty_branch(&self, group: &Group) {
        if !group.branch_has_line {
            self.report(
                Diagnostic::new(
                    &codes::EMPTY_BRANCH,
                    group.branch_opened,
                    "no step follows here",
                )
                .help("for \"or nothing comes\", write `S! silence`"),
            );
        }
    }

    fn finish(&mut self) {
        if let Some(group) = self.group.take() {
            self.report(
                Diagnostic::new(
                    &codes::UNCLOSED_GROUP,
                    group.opened,
                    "this group has no `end`",
                )
                .help("close it with `end`, alone on its line"),
            );
            self.items.push(group.into_item());
        }
    }
}

impl Group {
    fn into_item(self) -> Item {
        if self.is_either {
            Item::Either(self.branches)
        } else {
            Item::AnyOrder(self.branches.into_iter().flatten().collect())
        }
    }
}

/// How many bytes the repetitions of a line make.
fn repeated_by(act: &Act) -> u64 {
    match act {
        Act::Line(segments) | Act::Bytes(segments) => segments
            .iter()
            .map(|segment| repeated_bytes(&segment.0))
            .sum(),
        Act::Pattern(_) | Act::Event(_) => 0,
    }
}

/// How many bytes the repetitions among the parts make.
pub(crate) fn repeated_bytes(parts: &[Part]) -> u64 {
    parts
        .iter()
        .map(|part| match part {
            Part::Repeat { count, bytes } => u64::from(*count) * bytes.len() as u64,
            Part::Literal(_) | Part::Value(_) | Part::File(_) | Part::Size(_) => 0,
        })
        .sum()
}
