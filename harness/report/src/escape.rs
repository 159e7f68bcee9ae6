//! Bytes as text that never steers a terminal.
//!
//! What a program sent may hold anything: escape sequences that repaint the screen, bidi controls
//! that reorder a line, bytes that are no text at all. Here each byte becomes either the character
//! that it is part of, when that character is printable by itself, or an escape:
//! `\n` `\r` `\t` `\0`, `\\` `\|` `\{` `\}` for what the dialogue notation gives a meaning, and
//! `\xHH` for any other byte.
//!
//! Invariants:
//! - [`unescape`] undoes [`escape`], byte for byte, and so does the dialogue notation;
//! - what [`escape`] and [`clean`] return holds no control, format, bidi or line-separator character.

use std::fmt::Write;

use unicode_width::UnicodeWidthChar;

/// A character or escape of the text, with the bytes that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Offset of its first byte (0-based).
    pub offset: usize,
    /// How many bytes it stands for.
    pub bytes: usize,
    /// What is shown.
    pub text: String,
    /// Columns that it takes on a terminal.
    pub columns: usize,
}

/// The bytes, cell by cell.
pub fn cells(bytes: &[u8]) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut offset = 0;
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            push_character(&mut cells, offset, character);
            offset += character.len_utf8();
        }
        for byte in chunk.invalid() {
            push(&mut cells, offset, 1, format!("\\x{byte:02X}"));
            offset += 1;
        }
    }
    cells
}

/// The bytes as one line of text.
pub fn escape(bytes: &[u8]) -> String {
    cells(bytes).into_iter().map(|cell| cell.text).collect()
}

/// The bytes that a text of [`escape`] stands for; what is no escape stands for itself.
pub fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let escape = &rest[at + 1..];
        let (byte, taken) = match escape.as_bytes().first() {
            Some(b'n') => (b'\n', 1),
            Some(b'r') => (b'\r', 1),
            Some(b't') => (b'\t', 1),
            Some(b'0') => (0, 1),
            Some(literal @ (b'\\' | b'|' | b'{' | b'}')) => (*literal, 1),
            Some(b'x') => match escape.get(1..3).and_then(pair) {
                Some(byte) => (byte, 3),
                None => (b'\\', 0),
            },
            _ => (b'\\', 0),
        };
        bytes.push(byte);
        rest = &escape[taken..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// Text of ours, of a spec or of a saved grade, without what could steer a terminal: such
/// characters become `\u{…}`. Spaces of every width and combining marks stay.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_harmless(character) {
            out.push(character);
        } else {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        }
    }
    out
}

/// As [`clean`], over lines: line feeds stay.
pub fn clean_lines(text: &str) -> String {
    text.split('\n').map(clean).collect::<Vec<_>>().join("\n")
}

/// The text of a JSON document, its strings' harmful characters as `\uXXXX`: the same document, and
/// one that may be shown on a terminal.
pub fn clean_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\n' || is_harmless(character) {
            out.push(character);
        } else {
            // Outside of strings JSON has no such character.
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// Lower-case hexadecimal pairs without spaces.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// The bytes of a text of [`hex`]; `None` when it is none.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| text.get(at..at + 2).and_then(pair))
        .collect()
}

fn pair(text: &str) -> Option<u8> {
    text.bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u8::from_str_radix(text, 16).ok())?
}

/// Whether the text says all: printable ASCII, and line feeds.
pub fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b'\n' | b' '..=b'~'))
}

fn push_character(cells: &mut Vec<Cell>, offset: usize, character: char) {
    match character {
        '\\' | '|' | '{' | '}' => push(cells, offset, 1, format!("\\{character}")),
        '\n' => push(cells, offset, 1, "\\n".into()),
        '\r' => push(cells, offset, 1, "\\r".into()),
        '\t' => push(cells, offset, 1, "\\t".into()),
        '\0' => push(cells, offset, 1, "\\0".into()),
        _ if stands_alone(character) => {
            push(cells, offset, character.len_utf8(), character.to_string());
        }
        _ => {
            let mut buffer = [0; 4];
            for (at, byte) in character.encode_utf8(&mut buffer).bytes().enumerate() {
                push(cells, offset + at, 1, format!("\\x{byte:02X}"));
            }
        }
    }
}

fn push(cells: &mut Vec<Cell>, offset: usize, bytes: usize, text: String) {
    let columns = text.chars().map(|c| c.width().unwrap_or(0)).sum();
    cells.push(Cell {
        offset,
        bytes,
        text,
        columns,
    });
}

/// Printable by itself: no control, format, separator, private, unassigned or combining character.
fn stands_alone(character: char) -> bool {
    matches!(character, '\'' | '"') || {
        let mut escaped = character.escape_debug();
        escaped.next() == Some(character) && escaped.next().is_none()
    }
}

fn is_harmless(character: char) -> bool {
    stands_alone(character)
        || character == '\\'
        || (character.is_whitespace()
            && !character.is_control()
            && !matches!(character, '\u{2028}' | '\u{2029}'))
        || (character.width() == Some(0) && is_mark(character))
}

/// A combining mark: joined to a letter it must become part of a word.
fn is_mark(character: char) -> bool {
    format!("a{character}").chars().all(char::is_alphanumeric)
        || matches!(character, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::line(b"OK sill\n", r"OK sill\n")]
    #[case::accents("café €".as_bytes(), "café €")]
    #[case::backslash(br"a\n", r"a\\n")]
    #[case::repaint(b"\x1b[1A\x07", r"\x1B[1A\x07")]
    #[case::c1("\u{9b}2J".as_bytes(), r"\xC2\x9B2J")]
    #[case::bidi("\u{202e}lol".as_bytes(), r"\xE2\x80\xAElol")]
    #[case::line_separator("\u{2028}".as_bytes(), r"\xE2\x80\xA8")]
    #[case::decomposed("e\u{301}".as_bytes(), r"e\xCC\x81")]
    #[case::cut_character(b"caf\xc3", r"caf\xC3")]
    #[case::nul(b"a\0b", r"a\0b")]
    fn bytes_become_one_harmless_line(#[case] bytes: &[u8], #[case] text: &str) {
        assert_eq!(escape(bytes), text);
    }

    #[test]
    fn clean_keeps_french_spaces_and_drops_what_steers() {
        assert_eq!(
            clean("« oui »\u{a0}: e\u{301}\u{202f}!"),
            "« oui »\u{a0}: e\u{301}\u{202f}!"
        );
        assert_eq!(
            clean("\u{1b}[31m\u{202e}\u{feff}\r"),
            r"\u{1b}[31m\u{202e}\u{feff}\u{d}"
        );
    }

    proptest! {
        #[test]
        fn unescape_undoes_escape(bytes: Vec<u8>) {
            let text = escape(&bytes);
            prop_assert_eq!(unescape(&text), bytes.clone());
            prop_assert_eq!(sockspec_spec::dialogue::parse_bytes(&text).ok(), Some(bytes.clone()));
            prop_assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        }

        #[test]
        fn cells_cover_every_byte_in_order(bytes: Vec<u8>) {
            let mut next = 0;
            for cell in cells(&bytes) {
                prop_assert_eq!(cell.offset, next);
                next += cell.bytes;
            }
            prop_assert_eq!(next, bytes.len());
        }

        #[test]
        fn nothing_harmful_is_left(text in any::<String>()) {
            for shown in [escape(text.as_bytes()), clean(&text)] {
                let harmful = |c: char| c.is_control()
                    || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200b}'..='\u{200f}'
                        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
                prop_assert!(!shown.contains(harmful), "{:?}", shown);
            }
        }
    }
}
