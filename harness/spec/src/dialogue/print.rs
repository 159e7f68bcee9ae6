//! Writes a dialogue: the inverse of [`super::parse`].

use std::fmt::Write as _;

use super::escape::{Place, write_comment, write_literal, write_regex};
use super::{
    Act, Actor, Dialogue, Event, Item, Part, Pattern, PatternPiece, Segment, Step, Stream,
};

/// Writes a dialogue, one step a line, each line ended by LF.
///
/// Connections are numbered (`C1`, `S1`) only where the dialogue has more than one. The text holds
/// no character that could steer a terminal, whatever bytes the dialogue holds.
pub fn print(dialogue: &Dialogue) -> String {
    let numbered = dialogue
        .steps()
        .any(|step| matches!(step.actor, Actor::Client(n) | Actor::Server(n) if n != 1));
    let mut text = String::new();
    for item in &dialogue.items {
        print_item(&mut text, item, numbered);
    }
    text
}

/// Writes one step, without the line's end. `numbered` writes `C1` and `S1` rather than `C` and `S`.
pub fn print_step(step: &Step, numbered: bool) -> String {
    let mut text = String::new();
    write_step(&mut text, step, numbered);
    text
}

/// Writes bytes as exact text: UTF-8 as itself, the rest as escapes, so that [`super::parse_bytes`]
/// gives the same bytes. Spaces at either end are written `\x20`.
pub fn print_bytes(bytes: &[u8]) -> String {
    let mut text = String::new();
    write_literal(&mut text, bytes, Place::Exact);
    escape_outer_spaces(&mut text, 0);
    text
}

/// Writes exact text, segments and all, as it stands after `:` or `>`.
pub fn print_segments(segments: &[Segment]) -> String {
    let mut text = String::new();
    write_segments(&mut text, segments);
    text
}

/// Writes a pattern as it stands after `~`.
pub fn print_pattern(pattern: &Pattern) -> String {
    let mut text = String::new();
    write_pattern(&mut text, pattern);
    text
}

/// Writes a regex between slashes.
pub(crate) fn print_regex(source: &str) -> String {
    let mut text = String::new();
    write_regex(&mut text, source);
    text
}

fn print_item(text: &mut String, item: &Item, numbered: bool) {
    match item {
        Item::Comment(comment) => {
            text.push('#');
            if !comment.is_empty() {
                text.push(' ');
                write_comment(text, comment);
            }
            text.push('\n');
        }
        Item::Step(step) => {
            write_step(text, step, numbered);
            text.push('\n');
        }
        Item::Either(branches) => {
            let mut keyword = "either\n";
            for branch in branches {
                text.push_str(keyword);
                print_indented(text, branch, numbered);
                keyword = "or\n";
            }
            text.push_str("end\n");
        }
        Item::AnyOrder(steps) => {
            text.push_str("any order\n");
            print_indented(text, steps, numbered);
            text.push_str("end\n");
        }
    }
}

fn print_indented(text: &mut String, steps: &[Step], numbered: bool) {
    for step in steps {
        text.push_str("  ");
        write_step(text, step, numbered);
        text.push('\n');
    }
}

fn write_step(text: &mut String, step: &Step, numbered: bool) {
    write_actor(text, step.actor, numbered);
    text.push(match step.act {
        Act::Line(_) => ':',
        Act::Bytes(_) => '>',
        Act::Pattern(_) => '~',
        Act::Event(_) => '!',
    });
    text.push(' ');
    match &step.act {
        Act::Line(segments) | Act::Bytes(segments) => write_segments(text, segments),
        Act::Pattern(pattern) => write_pattern(text, pattern),
        Act::Event(event) => write_event(text, *event),
    }
    // Spaces that count are escaped, so what is left at the end is the drawing's.
    text.truncate(text.trim_end_matches(' ').len());
}

fn write_actor(text: &mut String, actor: Actor, numbered: bool) {
    let (letter, connection) = match actor {
        Actor::Client(n) => ('C', n),
        Actor::Server(n) => ('S', n),
        Actor::Program(stream) => {
            text.push_str(match stream {
                Stream::In => "in",
                Stream::Out => "out",
                Stream::Err => "err",
            });
            return;
        }
    };
    text.push(letter);
    if numbered || connection != 1 {
        // Writing to a String cannot fail.
        let _ = write!(text, "{connection}");
    }
}

fn write_segments(text: &mut String, segments: &[Segment]) {
    for (index, segment) in segments.iter().enumerate() {
        if index > 0 {
            text.push_str(" | ");
        }
        let start = text.len();
        for part in &segment.0 {
            write_part(text, part);
        }
        escape_outer_spaces(text, start);
    }
}

fn write_part(text: &mut String, part: &Part) {
    match part {
        Part::Literal(bytes) => write_literal(text, bytes, Place::Exact),
        Part::Value(name) => {
            text.push('{');
            text.push_str(name);
            text.push('}');
        }
        Part::Repeat { count, bytes } => {
            // Writing to a String cannot fail.
            let _ = write!(text, "{{repeat:{count}:");
            write_literal(text, bytes, Place::Exact);
            text.push('}');
        }
        Part::File(path) => write_file(text, "file", path),
        Part::Size(path) => write_file(text, "size", path),
    }
}

fn write_file(text: &mut String, word: &str, path: &str) {
    text.push('{');
    text.push_str(word);
    text.push(':');
    write_literal(text, path.as_bytes(), Place::Exact);
    text.push('}');
}

fn write_pattern(text: &mut String, pattern: &Pattern) {
    let start = text.len();
    for piece in &pattern.0 {
        match piece {
            PatternPiece::Literal(bytes) => write_literal(text, bytes, Place::Pattern),
            PatternPiece::Name { name, argument } => {
                text.push('{');
                text.push_str(name);
                if let Some(argument) = argument {
                    text.push(':');
                    write_literal(text, argument.as_bytes(), Place::Exact);
                }
                text.push('}');
            }
            PatternPiece::Regex(source) => write_regex(text, source),
        }
    }
    escape_outer_spaces(text, start);
}

fn write_event(text: &mut String, event: Event) {
    text.push_str(event.keyword());
    match event {
        // Writing to a String cannot fail.
        Event::Wait(duration) => drop(write!(text, " {}ms", duration.as_millis())),
        Event::Bound(protocol) => drop(write!(text, " {}", protocol.keyword())),
        _ => {}
    }
}

/// Writes one space at either end of what follows `start` as an escape: a raw one could be dropped
/// with the notation's own, and nobody sees a space at the end of a line.
fn escape_outer_spaces(text: &mut String, start: usize) {
    if text[start..].ends_with(' ') {
        text.pop();
        text.push_str("\\x20");
    }
    if text[start..].starts_with(' ') {
        text.replace_range(start..=start, "\\x20");
    }
}
