//! Capitals and small letters, in every way that a right program may map them.
//!
//! Python, Java, JavaScript and Rust map fully (ß→SS), Go maps one character to one (ß→ß), C maps
//! ASCII. Where full and simple mapping differ, either is right.

use crate::style::Dialect;

/// Which way letters are mapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// To capitals.
    Upper,
    /// To small letters.
    Lower,
}

/// What the reference server makes of `text`.
pub fn canonical(text: &[u8], mapping: Mapping, dialect: Dialect) -> Vec<u8> {
    match (dialect, mapping) {
        (Dialect::Unicode, Mapping::Upper) => by_chunks(text, str::to_uppercase),
        (Dialect::Unicode, Mapping::Lower) => by_chunks(text, str::to_lowercase),
        (Dialect::Ascii, Mapping::Upper) => text.to_ascii_uppercase(),
        (Dialect::Ascii, Mapping::Lower) => text.to_ascii_lowercase(),
    }
}

/// Maps what is UTF-8 and keeps the other bytes.
fn by_chunks(text: &[u8], map: impl Fn(&str) -> String) -> Vec<u8> {
    let mut mapped = Vec::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        mapped.extend(map(chunk.valid()).into_bytes());
        mapped.extend(chunk.invalid());
    }
    mapped
}

/// A regex (bytes, Unicode aware) for every right mapping of `text` in `dialect`.
///
/// Bytes that are not UTF-8 may stay or become any number of U+FFFD.
pub fn accepted(text: &[u8], mapping: Mapping, dialect: Dialect) -> String {
    let mut pattern = String::new();
    for chunk in text.utf8_chunks() {
        match dialect {
            Dialect::Ascii => {
                let mapped = canonical(chunk.valid().as_bytes(), mapping, dialect);
                pattern.push_str(&regex::escape(&String::from_utf8_lossy(&mapped)));
            }
            Dialect::Unicode => {
                for c in chunk.valid().chars() {
                    push_character(&mut pattern, c, mapping);
                }
            }
        }
        if !chunk.invalid().is_empty() {
            pattern.push_str(r"(?:");
            push_bytes(&mut pattern, chunk.invalid());
            pattern.push_str(r"|\x{FFFD}*)");
        }
    }
    pattern
}

/// Appends a regex for exactly these bytes.
pub fn push_bytes(pattern: &mut String, bytes: &[u8]) {
    for chunk in bytes.utf8_chunks() {
        pattern.push_str(&regex::escape(chunk.valid()));
        for byte in chunk.invalid() {
            pattern.push_str(&format!(r"(?-u:\x{byte:02X})"));
        }
    }
}

fn push_character(pattern: &mut String, c: char, mapping: Mapping) {
    let full: String = match mapping {
        Mapping::Upper => c.to_uppercase().collect(),
        Mapping::Lower => c.to_lowercase().collect(),
    };
    let mut forms = vec![full];
    // One character to several: simple mapping has one of its own, or none.
    if forms[0].chars().count() > 1 {
        forms.push(c.to_string());
        match (mapping, c) {
            (Mapping::Lower, 'İ') => forms.push("i".to_owned()),
            (Mapping::Upper, 'ᾳ') => forms.push("ᾼ".to_owned()),
            (Mapping::Upper, 'ῃ') => forms.push("ῌ".to_owned()),
            (Mapping::Upper, 'ῳ') => forms.push("ῼ".to_owned()),
            _ => {}
        }
    }
    if mapping == Mapping::Lower && c == 'Σ' {
        forms.push("ς".to_owned());
    }
    let forms: Vec<String> = forms.iter().map(|form| regex::escape(form)).collect();
    if forms.len() == 1 {
        pattern.push_str(&forms[0]);
    } else {
        pattern.push_str(&format!("(?:{})", forms.join("|")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::bytes::Regex;
    use rstest::rstest;

    fn right(text: &str, answer: &str, mapping: Mapping) -> bool {
        let pattern = accepted(text.as_bytes(), mapping, Dialect::Unicode);
        Regex::new(&format!("^(?:{pattern})$"))
            .unwrap()
            .is_match(answer.as_bytes())
    }

    #[rstest]
    #[case::full("straße", "STRASSE")]
    #[case::simple("straße", "STRAßE")]
    #[case::ligature("ﬁn", "FIN")]
    #[case::ligature_kept("ﬁn", "ﬁN")]
    #[case::greek("ᾳ", "ΑΙ")]
    #[case::greek_title("ᾳ", "ᾼ")]
    fn either_unicode_mapping_is_right(#[case] text: &str, #[case] answer: &str) {
        assert!(right(text, answer, Mapping::Upper));
    }

    #[test]
    fn ascii_mapping_of_an_accent_is_not_unicode() {
        assert!(!right("été", "éTé", Mapping::Upper));
        assert!(right("ΟΔΟΣ", "οδος", Mapping::Lower) && right("ΟΔΟΣ", "οδοσ", Mapping::Lower));
    }
}
