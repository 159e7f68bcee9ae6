//! What may stand raw in a printed dialogue, and what is written as an escape.

use std::fmt::Write as _;

/// Whether a character, written raw, would be invisible, break the line, or steer a terminal.
pub(crate) fn is_unshowable(character: char) -> bool {
    matches!(
        character,
        '\0'..='\x1F' | '\x7F'..='\u{9F}' // C0, DEL, C1
        | '\u{AD}' // soft hyphen
        | '\u{61C}' | '\u{200E}' | '\u{200F}' // marks of direction
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' // embeddings, overrides, isolates
        | '\u{2028}' | '\u{2029}' // line and paragraph separator
        | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{FEFF}' // zero width
        | '\u{FFF0}'..='\u{FFFB}' // interlinear annotation
        | '\u{E0000}'..='\u{E0FFF}' // tags
    )
}

/// Whether a character merges with the one before it, so that it cannot be seen at a beginning.
fn combines(character: char) -> bool {
    matches!(
        character,
        '\u{300}'..='\u{36F}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{200C}' | '\u{200D}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}'
        | '\u{1F3FB}'..='\u{1F3FF}'
    )
}

/// Where a literal stands, which says what else must be escaped there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In exact text or in the braces of a repetition or an argument: `/` stands for itself.
    Exact,
    /// In a pattern: `/` opens a regex.
    Pattern,
}

/// Writes bytes so that parsing them gives the same bytes: UTF-8 as itself, the rest as escapes.
pub(super) fn write_literal(out: &mut String, bytes: &[u8], place: Place) {
    let mut at_beginning = true;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            let raw = write_character(out, character, place, at_beginning);
            at_beginning = !raw;
        }
        for byte in chunk.invalid() {
            write_byte(out, *byte);
            at_beginning = true;
        }
    }
}

/// Returns whether the character stands raw.
fn write_character(out: &mut String, character: char, place: Place, at_beginning: bool) -> bool {
    match character {
        '\0' => out.push_str("\\0"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\\' | '|' | '{' | '}' => {
            out.push('\\');
            out.push(character);
        }
        '/' if place == Place::Pattern => out.push_str("\\/"),
        _ if is_unshowable(character) || (at_beginning && combines(character)) => {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                write_byte(out, byte);
            }
        }
        _ => {
            out.push(character);
            return true;
        }
    }
    false
}

fn write_byte(out: &mut String, byte: u8) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\\x{byte:02X}");
}

/// Writes the source of a regex between slashes. What cannot stand raw is written in the syntax of
/// the regex itself.
pub(super) fn write_regex(out: &mut String, source: &str) {
    out.push('/');
    if source.is_empty() {
        // `//` would not be read as a regex; this one says the same.
        out.push_str("(?:)");
    }
    let mut characters = source.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                out.push('\\');
                match characters.next() {
                    Some(next) if is_unshowable(next) => write_code_point(out, next),
                    Some(next) => out.push(next),
                    // No regex ends with a lone backslash; at least the slash stays closed.
                    None => out.push('\\'),
                }
            }
            '/' => out.push_str("\\/"),
            _ if is_unshowable(character) => write_code_point(out, character),
            _ => out.push(character),
        }
    }
    out.push('/');
}

fn write_code_point(out: &mut String, character: char) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\\x{{{:X}}}", u32::from(character));
}

/// Writes a comment's text: raw, save what cannot be seen.
pub(super) fn write_comment(out: &mut String, text: &str) {
    for character in text.chars() {
        if is_unshowable(character) && character != '\t' {
            write_character(out, character, Place::Exact, false);
        } else {
            out.push(character);
        }
    }
}
