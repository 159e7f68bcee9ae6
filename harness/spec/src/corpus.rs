//! The UTF-8 corpus of `specs/data/utf8.toml`: texts on which programs differ that should not.

use std::sync::LazyLock;

use crate::model::Corpus;

/// The column of a case's rows that holds a text of the corpus.
pub const COLUMN: &str = "text";

/// One text of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable id, such as `v05` (valid), `c06` (valid, of another length in capitals) or `i18` (not UTF-8).
    pub id: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is, in English.
    pub what: String,
}

/// The entries of one half of the corpus, in file order.
pub fn entries(corpus: Corpus) -> &'static [Entry] {
    static TEXTS: LazyLock<[Vec<Entry>; 2]> = LazyLock::new(|| {
        let source = include_str!("../../../specs/data/utf8.toml");
        // The file is part of the program; a test reads it.
        let table: toml::Table = source.parse().unwrap_or_default();
        [Corpus::Valid, Corpus::Invalid].map(|corpus| read(&table, corpus.as_str()))
    });
    match corpus {
        Corpus::Valid => &TEXTS[0],
        Corpus::Invalid => &TEXTS[1],
    }
}

fn read(table: &toml::Table, list: &str) -> Vec<Entry> {
    let list = table.get(list).and_then(toml::Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(|item| {
            let text = |key| item.get(key).and_then(toml::Value::as_str);
            Some(Entry {
                id: text("id")?.to_owned(),
                bytes: bytes(text("hex")?)?,
                what: text("what")?.to_owned(),
            })
        })
        .collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_entry_is_read_and_stands_in_the_right_half() {
        let source = include_str!("../../../specs/data/utf8.toml");
        let (valid, invalid) = (entries(Corpus::Valid), entries(Corpus::Invalid));
        assert_eq!(
            source.matches("\nid = ").count(),
            valid.len() + invalid.len()
        );
        assert!(valid.len() >= 35 && invalid.len() >= 38);
        for entry in valid {
            assert!(std::str::from_utf8(&entry.bytes).is_ok(), "{}", entry.id);
        }
        for entry in invalid {
            assert!(std::str::from_utf8(&entry.bytes).is_err(), "{}", entry.id);
        }
        let ids: BTreeSet<&str> = valid.iter().chain(invalid).map(|one| &*one.id).collect();
        assert_eq!(ids.len(), valid.len() + invalid.len());
        // None of them holds what would end a line.
        let mut all = valid.iter().chain(invalid);
        assert!(all.all(|one| !one.bytes.contains(&b'\n') && !one.bytes.contains(&b'\r')));
    }
}
