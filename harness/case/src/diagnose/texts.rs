//! How one text differs from another: what was cut off, left out or changed.

use crate::diagnosis::Cause;

/// Whether the answer ends where the first word of several ends.
pub(super) fn is_first_word(expected: &[u8], actual: &[u8]) -> bool {
    !actual.contains(&b' ') && expected.get(actual.len()) == Some(&b' ')
}

/// The answer is the beginning of what was expected.
pub(super) fn shortened(expected: &[u8], actual: &[u8], overhead: usize) -> Cause {
    let missing = expected.len().saturating_sub(actual.len());
    let text = String::from_utf8_lossy(expected);
    let surplus = text.len() - text.chars().count();
    let near_buffer = |length: usize| {
        [
            16, 32, 64, 80, 100, 128, 200, 255, 256, 500, 512, 1000, 1023, 1024, 1460, 1472, 1500,
            2000, 2048, 4095, 4096, 8192, 10_000, 10_240, 16_384, 32_768, 65_535, 65_536,
        ]
        .iter()
        .any(|size| length == *size || length + 1 == *size)
    };
    if near_buffer(actual.len() + overhead) && actual.len() >= 64 {
        return Cause::TruncatesAtBuffer;
    }
    if expected[actual.len().min(expected.len())..]
        .trim_ascii()
        .is_empty()
        && missing > 0
    {
        return Cause::StripsArgument;
    }
    if surplus > 0 && missing > 0 && missing <= surplus && !near_buffer(actual.len() + overhead) {
        return Cause::BytesVersusCharacters;
    }
    if missing == 1 {
        return Cause::DropsLastByte;
    }
    if expected.len() >= 100_000 {
        Cause::IgnoresPartialWrite
    } else {
        Cause::TruncatesAtBuffer
    }
}

/// Whether two texts differ only in letters outside ASCII, and there only in case.
pub(super) fn same_but_for_accents(got: &str, want: &str) -> bool {
    got.to_lowercase() == want.to_lowercase()
        && got
            .chars()
            .zip(want.chars())
            .all(|(a, b)| a == b || !a.is_ascii() || !b.is_ascii())
}

pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

pub(super) fn is_subsequence(short: &[u8], long: &[u8]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|byte| rest.any(|other| other == byte))
}
